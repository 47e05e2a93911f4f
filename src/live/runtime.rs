//! The threads on which seats from elsewhere are attended.
//!
//! Owns the one runtime of the program, made when the first door is opened: a program that only
//! reads has none.

use std::io;
use std::sync::Mutex;

use tokio::runtime::{Builder, Handle, Runtime};

static RUNTIME: Mutex<Option<Runtime>> = Mutex::new(None);

/// A handle on the runtime, which is made if it is not there.
pub fn handle() -> io::Result<Handle> {
    let mut runtime = RUNTIME
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(runtime) = runtime.as_ref() {
        return Ok(runtime.handle().clone());
    }
    let made = Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("seats")
        .enable_all()
        .build()?;
    let handle = made.handle().clone();
    *runtime = Some(made);
    Ok(handle)
}
