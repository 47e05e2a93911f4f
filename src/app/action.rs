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
    /// All of Find on a slow link.
    Unfold = "on a slow link: all eight with the Output; again the first three, in short", "all";
    /// Teach Find a phrase.
    Teach = "teach Find a phrase: this belongs to the chosen category; again takes it back", "teach";
    /// The operation.
    Operation = "open the operation: the systems that exist in yours", "operation";
    /// The Matrix as it ships.
    Original = "the Matrix as it ships, and back to the operation's", "original";
    /// What differs.
    Difference = "what the operation changes in the Matrix, and back", "difference";
    /// Something new in the operation.
    MapAdd = "operation: add a system, on a free cell a text; the endorsed text of a Definition", "add";
    /// Change something of the operation.
    MapEdit = "operation: change what is pointed at (system, text, row, sub-step)", "change";
    /// Leave out.
    MapHide = "operation: leave out or take away what is pointed at; again brings a passage back", "leave out";
    /// Another row.
    MapRow = "operation: add a row of your own, such as Diagnosis", "row";
    /// Read the file again.
    MapRead = "operation: read its file again, after somebody else changed it", "read again";
    /// Export the map.
    MapExport = "operation: export the Matrix for an audience", "export";
    /// The next field.
    NextField = "next field; Left, Right and Space choose", "next";
    /// The field before.
    PreviousField = "previous field", "previous";
    /// Write a note.
    Note = "write a note on what is shown (Tab in it: question, decision, action point)", "note";
    /// A note in the exercise, where the usual key means something else.
    Memo = "write a note on this scenario", "note";
    /// Put something in the parking lot.
    Park = "put something in the parking lot", "park";
    /// Take back.
    Undo = "undo your last change of the session", "undo";
    /// Make again.
    Redo = "redo what you undid", "redo";
    /// Export.
    Export = "export the session: choose a format and a folder", "export";
    /// Go on with an earlier session.
    Resume = "resume the earlier session that was offered at the start", "resume";
    /// The sessions of this user.
    Sessions = "sessions: open another, begin, name, close, copy, purge", "sessions";
    /// Open a session.
    OpenSession = "open the chosen session; the present one is kept", "open";
    /// Begin a session.
    NewSession = "begin a new session under a title; the present one is kept", "new";
    /// Close a session for good, or not.
    CloseSession = "mark as closed: nothing in it changes until it is reopened with the same key", "close";
    /// Copy a session.
    CopySession = "make a whole copy of the session", "copy";
    /// Purge a session.
    PurgeSession = "purge: remove the session for good; says what goes and asks once", "purge";
    /// Recover a session.
    RecoverSession = "save what can be read of a damaged session into a new one", "recover";
    /// Take what is typed.
    Done = "take what is typed", "go on";
    /// The next line.
    NextLine = "next line, where there are several", "next";
    /// The previous line.
    PreviousLine = "previous line", "previous";
    /// A countdown.
    Countdown = "countdown: type minutes; nothing pauses or goes on; 0 takes it away", "timer";
    /// The agenda.
    Agenda = "the agenda: items with minutes", "agenda";
    /// An agenda from a file.
    LoadAgenda = "take the agenda from a RON file", "load";
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
    Resolve = "settle a note, or open it again; bring a deleted one back", "settle";
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
    NameSession = "title, date and place of the session", "title";
    /// Into the operation.
    IntoOperation = "make a system of this session one of the operation, with its checklist", "into operation";
    /// Add.
    Add = "add a system; in its checklist: choose sub-steps", "add";
    /// Answer a line.
    Answer = "answer: done, to do, does not apply, nothing", "answer";
    /// The next phase.
    NextPhase = "next phase", "next";
    /// The phase before.
    PreviousPhase = "one phase back; loses nothing", "back a phase";
    /// Choose.
    Choose = "choose: mark it; must, nice, neither; next place; this category; one line more", "choose";
    /// One place up.
    MoveUp = "Rank: one place up", "up";
    /// One place down.
    MoveDown = "Rank: one place down", "down";
    /// Level with the one above.
    Level = "Rank: level with the one above", "level";
    /// Take the last step back.
    TakeBack = "undo the last step", "undo";
    /// Type something new.
    Write = "type an item, or a new scenario", "type";
    /// Write what stands above: brief or heading.
    WriteMore = "write the brief (Lobby) or the heading of a group (Merge)", "write";
    /// How many are here.
    Here = "say how many are here", "here";
    /// How many raise hands or sit at the table; who takes part.
    Count = "say how many raise hands, sit at the table, or who takes part (Lobby)", "people";
    /// Put together.
    PutTogether = "Merge: put the marked ones together", "together";
    /// Take a group apart.
    TakeApart = "Merge: take the group apart", "apart";
    /// Take an item off the wall.
    HideItem = "take the item off the wall; its words are kept", "hide";
    /// Starter items.
    Starters = "put starters on the wall: words of the Output rows", "starters";
    /// The short or the long way.
    ShortOrLong = "go the short way or the long one (merge, shortlist, rank)", "way";
    /// The next way of taking voices.
    VotingWay = "take voices another way: aloud, hands, slips, tables", "voices";
    /// Take a slip back.
    Withdraw = "take a slip back by its number", "slip back";
    /// Close or open what is handed in.
    Lock = "close or open for voices", "lock";
    /// Cover the projection.
    Cover = "cover the projection while slips are typed", "cover";
    /// Start or stop the timer.
    Clock = "start, stop or resume the timer of the phase", "timer";
    /// Must have or nice to have.
    MustOrNice = "what you type is must have, or nice to have", "must or nice";
    /// Come back to an own seat.
    ComeBack = "come back to your own seat with its code", "I was here";
    /// The language of hints.
    Language = "hints in the next language: English, Français, Español", "language";
    /// A ballot for the next round.
    LateBallot = "fill in a ballot that waits for the next round", "late ballot";
    /// Open the room for others.
    GoLive = "open the room for others to join, or show how they join", "join";
    /// Let phones join too, or no longer.
    Phones = "let phones join too, or no longer", "phones";
    /// Show phones the next address.
    NextLink = "show phones the next address of this computer", "address";
    /// The language in which seats begin.
    RoomLanguage = "seats and phones begin in the next language; each can choose another", "language";
    /// Close the room.
    CloseRoom = "close the room again: all seats leave, what they handed in stays", "close";
    /// What the wall shows.
    Wall = "the wall shows how to join, or the exercise", "wall";
    /// Items wait for the facilitator.
    Moderate = "what seats name waits for you, or does not", "moderate";
    /// One minute more.
    ClockMore = "one minute more", "minute";
    /// All of a result at once.
    RevealAll = "Reveal: all at once", "all";
    /// The room agrees to see a result of few.
    FewAgree = "yes: let a waiting item in (Collect); see a result of fewer than five (Reveal)", "agree";
    /// The other result.
    OtherResult = "Reveal: tagging or ranking result", "other";
    /// Explain the result.
    Explain = "explain this result in sentences", "explain";
    /// The result by category.
    ByCategory = "the result by category", "categories";
    /// Scenarios side by side.
    CompareScenarios = "scenarios side by side", "compare";
    /// None of the eight.
    NoneOfEight = "Match: none of the eight", "none";
    /// Rank a second time.
    RankAgain = "rank again after the talk", "rank again";
    /// Hold it with the items of another.
    CarryOver = "hold it with the items of the last exercise, so that both can be compared", "same items";
    /// How the exercise is held.
    HowHeld = "how it is held: way, voices, places, ties, moderation", "settings";
    /// Another original speaks for the group.
    LeadNext = "Merge: let the next original speak for the group", "lead";
    /// Hold the exercise once more.
    RunAgain = "hold this exercise again, with another group", "again";
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
