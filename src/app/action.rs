//! What a person can want.
//!
//! Owns the list of actions with the words that help, the key table in the README
//! and `pim print keys` show. Knows neither keys nor how an action is carried out.

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $does:literal, $hint:literal;)+) => {
        /// Something that a person wants, bound to keys in the key table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $($(#[$doc])* $name,)+ }

        impl Action {
            /// All actions.
            pub const ALL: &'static [Action] = &[$(Action::$name,)+];

            /// What it does, in a few words for help.
            pub const fn does(self) -> &'static str {
                match self { $(Action::$name => $does,)+ }
            }

            /// One or two words for the last line of the screen.
            pub const fn hint(self) -> &'static str {
                match self { $(Action::$name => $hint,)+ }
            }
        }
    };
}

actions! {
    /// Open the Matrix.
    GoMatrix = "open the Matrix", "matrix";
    /// Open Find.
    GoFind = "open Find", "find";
    /// Open the Process.
    GoProcess = "open the Process", "process";
    /// Open the principles.
    GoPrinciples = "open the Principles", "principles";
    /// Open the scenarios.
    GoScenarios = "open the Scenarios", "scenarios";
    /// Open the notes.
    GoNotes = "open the Notes", "notes";
    /// Open the guide.
    GoGuide = "open the Guide", "guide";
    /// Up.
    Up = "up: previous row, or scroll up when reading", "up";
    /// Down.
    Down = "down: next row, or scroll down when reading", "down";
    /// Left.
    Left = "previous category, principle, step or column", "left";
    /// Right.
    Right = "next category, principle, step or column", "right";
    /// Scroll up by a line.
    ScrollUp = "scroll the passage up a line", "scroll";
    /// Scroll down by a line.
    ScrollDown = "scroll the passage down a line", "scroll";
    /// A page up.
    PageUp = "scroll up a page", "page";
    /// A page down.
    PageDown = "scroll down a page", "page";
    /// To the beginning.
    Home = "to the beginning", "top";
    /// To the end.
    End = "to the end", "end";
    /// Next thing that can be pointed at.
    NextItem = "next passage or link on the page", "next";
    /// Previous thing that can be pointed at.
    PreviousItem = "previous passage or link on the page", "previous";
    /// Read, or follow.
    Open = "read in full width; follow a link; open the chosen one", "read";
    /// One step back.
    Back = "one step back; never loses anything", "back";
    /// Between one cell and the whole row.
    AlongRow = "along the row: all eight side by side, and back", "row";
    /// Two or three side by side.
    Compare = "compare with the next one, and back", "compare";
    /// One more to compare.
    CompareMore = "compare one more", "more";
    /// One less to compare.
    CompareLess = "compare one less", "less";
    /// From the Process to the principles and back.
    CrossOver = "cross over between Process and Principles", "cross";
    /// Full provenance.
    Provenance = "show or hide full sources and editor's notes", "sources";
    /// Where one was before.
    HistoryBack = "back to where you were", "history";
    /// Forward again.
    HistoryForward = "forward again", "forward";
    /// Go to an address.
    Jump = "go to anything: type a title or an address", "go to";
    /// Copy the address.
    CopyAddress = "copy the address of what is shown", "copy";
    /// Choose a theme.
    Themes = "choose a theme, with live preview", "theme";
    /// Teach Find a phrase.
    Teach = "teach Find a phrase: this belongs to the chosen category; again takes it back", "teach";
    /// Write a note.
    Note = "write a note on what is shown (Tab in it: question, decision, action point)", "note";
    /// Put something in the parking lot.
    Park = "put something in the parking lot", "park";
    /// Take back.
    Undo = "undo your last change of the session", "undo";
    /// Make again.
    Redo = "redo what you undid", "redo";
    /// Export.
    Export = "export the session: choose a format", "export";
    /// Go on with an earlier session.
    Resume = "resume the earlier session that was offered at the start", "resume";
    /// A countdown.
    Countdown = "countdown: type minutes; nothing pauses or goes on; 0 takes it away", "timer";
    /// The agenda.
    Agenda = "the agenda: items with minutes", "agenda";
    /// Earlier in the agenda.
    Earlier = "put the item earlier", "earlier";
    /// Later in the agenda.
    Later = "put the item later", "later";
    /// Save what is written.
    Save = "save what is written", "save";
    /// The next kind of note.
    NextKind = "next kind: note, question, decision, action point, parking lot", "kind";
    /// The previous kind of note.
    PreviousKind = "previous kind", "kind";
    /// Write further.
    Edit = "edit the note; open the checklist; write a remark on the line", "write";
    /// The order of the notes.
    Order = "order the notes by place, by kind, by time", "order";
    /// Settle a note.
    Resolve = "settle a note, or open it again", "settle";
    /// Delete.
    Delete = "delete; undo brings it back", "delete";
    /// Erase.
    Erase = "erase the text from everything the session keeps; asks once", "erase";
    /// Move a note.
    MoveNote = "move a note to another address", "move";
    /// To the place of a note.
    FollowNote = "go to the place that it is about", "go there";
    /// Another list.
    SwitchList = "between notes and checklists; between principles and activities", "lists";
    /// Name the session.
    NameSession = "give the session a title", "title";
    /// Add.
    Add = "add a system; in its checklist: choose sub-steps", "add";
    /// Answer a line.
    Answer = "answer: done, to do, does not apply, nothing", "answer";
    /// The mouse on or off.
    Mouse = "mouse on or off (off: the terminal's own copying works)", "mouse";
    /// Slow link on or off.
    Slow = "spare a slow link: fewer, later updates; on or off", "slow";
    /// Draw everything again.
    Redraw = "draw the screen again", "redraw";
    /// Help.
    Help = "show every key that works here", "keys";
    /// Leave to the shell for a while.
    Suspend = "suspend to the shell (where there is one)", "suspend";
    /// Quit.
    Quit = "quit", "quit";
}
