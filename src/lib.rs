//! pim-workshop: run and follow up Protection Information Management workshops in the terminal.

pub mod terminal;
