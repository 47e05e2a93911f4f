//! The one test binary: what people and terminals can rely on, from outside the library.

mod decode_events;
mod decode_floods;
mod wire_budget;
#[cfg(unix)]
mod wire_local;
mod wire_scenes;
mod wire_truth;
