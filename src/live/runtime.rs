//! The threads on which seats from elsewhere are attended.
//!
//! Owns the one runtime of the program, made when the first door is opened: a program that only
//! reads has none. Each seat takes a descriptor, of which programs often get fewer than a full
//! room needs.

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

/// Takes as many descriptors as the system gives to this program. Where it gives no more, the
/// doors wait for seats that leave.
pub(super) fn make_room() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let given = getrlimit(Resource::Nofile);
        let all = Rlimit {
            current: given.maximum,
            maximum: given.maximum,
        };
        // A system that refuses leaves everything as it was.
        let _ = setrlimit(Resource::Nofile, all);
    }
}
