//! One test binary: a promise each.

mod room_decide;
mod room_properties;
mod room_sitting;
