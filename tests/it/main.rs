//! The one test binary: what people and terminals can rely on, from outside the library.

mod decode_events;
mod decode_floods;
mod wire_budget;
mod wire_scenes;
mod wire_truth;
