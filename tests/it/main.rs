//! The one test binary: what people see, what they can do, and what must never break.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop there"
)]

mod asked;
mod binary;
mod budget;
mod commands;
mod content_check;
mod decode_events;
mod decode_floods;
mod exercise_compare;
mod exercise_content;
mod exercise_hall;
mod exercise_journeys;
mod exercise_properties;
mod exercise_rights;
mod exercise_words;
mod export_exercise_room;
mod export_exercises;
mod export_formats;
mod export_session;
mod find;
mod find_slow;
mod journeys;
mod leader;
mod live_languages;
mod live_socket;
mod live_ssh;
mod notes;
mod opening;
mod operation_export;
mod operation_file;
mod operation_host;
mod operation_import;
mod operation_properties;
mod operation_screens;
mod operation_support;
mod operation_worksheet;
mod passages;
mod phones;
mod phones_hostile;
mod phones_languages;
mod phones_mixed;
mod phones_parts;
mod phones_support;
mod readme;
mod room_decide;
mod room_properties;
mod room_sitting;
mod scenario_sheets;
mod scenarios;
mod screens;
mod search_palette;
mod search_promises;
mod search_relevance;
mod search_support;
mod search_thesaurus;
mod seat_languages;
mod seat_rights;
mod seats;
mod shelf;
#[allow(dead_code, reason = "shared with the load generator")]
mod ssh_client;
mod ssh_support;
mod store_commands;
mod store_files;
mod store_kill;
mod store_support;
mod support;
mod tally_cases;
mod tally_explain;
mod tally_input;
mod tally_properties;
mod wire_budget;
mod wire_local;
mod wire_scenes;
mod wire_truth;
