//! One test binary: a promise each.

mod export_formats;
mod export_session;
mod room_decide;
mod room_properties;
mod room_sitting;
mod store_commands;
mod store_files;
mod store_kill;
mod store_support;
