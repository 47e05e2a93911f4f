//! The parts of a file of hints: every word is there, and nothing else.
//!
//! Owns their names. A file that lacks one, or has one more, is not read.

use serde::Deserialize;

/// Defines the parts of the hints.
macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident { $($field:ident),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Default, Deserialize)]
        #[cfg_attr(test, derive(serde::Serialize))]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $name { $(pub(crate) $field: String,)+ }
    )+};
}

/// Everything that is said in one language.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
#[serde(deny_unknown_fields)]
pub(crate) struct Hints {
    pub(crate) keys: Keys,
    pub(crate) marks: Marks,
    pub(crate) phases: Phases,
    pub(crate) questions: Phases,
    pub(crate) status: Status,
    pub(crate) welcome: Welcome,
    pub(crate) back: Back,
    pub(crate) waiting: Waiting,
    pub(crate) collect: Collect,
    pub(crate) ballot: Ballot,
    pub(crate) result: Outcome,
    pub(crate) explain: Explain,
    pub(crate) said: Said,
    pub(crate) refusals: Refusals,
    pub(crate) farewell: Farewells,
    pub(crate) help: Help,
    pub(crate) does: Does,
    pub(crate) phone: Phone,
}

parts! {
    /// Names of keys, and the words of the last line.
    Keys {
        enter, space, esc, up, up_down, more_below, help, others, back, back_tab, backspace, down, left, right,
        page_up, page_down, home, end, more, leave
    }
    /// Must and nice.
    Marks {
        must, nice, neither, must_have, nice_to_have, must_have_line, nice_to_have_line
    }
    /// Something for each phase.
    Phases {
        lobby, collect, merge, tag, shortlist, rank, reveal, matching, rerank, done
    }
    /// The state at the right of the title.
    Status { round, people_in, people_here, waiting, timer, locked, covered }
    /// The first screen.
    Welcome {
        title, ask, purpose, kept, anonymous, back_line, back_code, go_on, leave, was_here
    }
    /// Coming back with a code.
    Back { unknown, where_it_stood, without, title_unknown, title, ask, code, begin, find }
    /// While there is nothing to do.
    Waiting {
        title, ask, by_itself, then, meanwhile, lobby, merge, shortlist, talk, next_collect,
        next_tag, next_rank, nothing, matrix, find, here
    }
    /// Naming.
    Collect {
        reword, type_item, keep, leave_it, nice_instead, must_instead, hand_in, reword_chosen,
        choose, stop, waits, hidden, already, begin, counted
    }
    /// Tag and Rank.
    Ballot {
        ask_tag, ask_top, ask_rank, choose, marks, next_place, move_it, level, undo, hand_in, back,
        locked, time_up, is_in, handed, waits, may_change, changed, late, not_yet, must_and_nice,
        blank, placed
    }
    /// Around a result.
    Outcome {
        ask_tag, ask_rank, scroll, other, fill_in, over, waits, came_back, missed, head_must,
        head_nice, points, moved, agreement, disagree, since, orders_agree, not_again, late,
        sealing, moved_new, moved_out, moved_not, moved_up, moved_down
    }
    /// The sentences of a result, to be read aloud.
    Explain {
        and, or, decimal, few, never, once, twice, times, ballot, ballots, point, points, item,
        items, no_ballot, only_item, leads, leads_level, both, all, shared, it, it_within,
        beats_one, beats_all, duels, beats_some, level_with, loses_to_one, loses_to, stable,
        could_change, no_winner, agree_first, other_winner, other_first, other_top, nothing_more,
        copeland, schulze, agreement, little_agreement, little, some, moderate, strong,
        partial_one, partial_many, blank_one, blank_many, table, aloud, few_people, order_aloud,
        marks_aloud, nobody, took_part, took_part_of, ballots_in, ballots_in_of, lead_one,
        lead_many, top_level, top_few, top_four
    }
    /// Sentences on the last line.
    Said {
        language, own_seat, back, gone, type_first, all_placed, not_shared, named, reworded,
        taken_back, other_session, stays, not_yours, not_typing
    }
    /// Why something was not taken; the words of the rules, as far as a participant meets them.
    Refusals {
        no_exercise, no_item, locked, time_over, finished, no_round, not_the_author, in_group,
        no_words, too_long, full, no_ties, too_many_places, closed, not_now, nothing, twice, empty_place, sealed, not_there, not_kept,
        fault
    }
    /// What is said to whoever leaves.
    Farewells {
        left, stalled, idle, closed, elsewhere, shut, failed, code, line, same_line
    }
    /// Where keys are pressed.
    Help { own, naming, everywhere, page, find, list }
    /// What keys do.
    Does {
        own_up, own_down, own_open, own_choose, naming_up, naming_down, naming_open, go_matrix,
        go_find, go_process, go_principles, go_scenarios, go_guide, up, down, left, right,
        scroll_up, scroll_down, page_up, page_down, home, end, next_item, previous_item, open,
        along_row, compare, compare_more, compare_less, cross_over, provenance, history_back,
        history_forward, operation, original, difference, move_up, move_down, level, take_back,
        other_result, late_ballot, come_back, language, must_or_nice, back, jump, themes, mouse,
        slow, unfold, help, redraw, suspend, quit
    }
    /// The pages of phones.
    Phone {
        title, welcome, typed, time_left, stopped, parts, part, filled_in, go_on, back, marks, order, late, take_back, look_again, gone_on, show_now, not_open, session_over, merging, in_a_moment, locked, time_over, you_are_in, begins_soon, purpose, kept, on_the_way, one_thing, do_we_need_it, not_said, add, moderated, named, kept_one, alike, if_alike, waits, hidden, in_group, change, your_words, keep_words, leave_it, open_is_neither, hand_in, hand_in_again, give_places, may_share, rest_empty, tap, all_given, numbers, tap_instead, handed_in, all_neither, blank, may_change, change_on, change_it, counts, no_result, not_on_wall, other_result, which_must, which_order, covered, top_four, counted, points, moved_on, new_round, not_in, not_on, one_place, places, enough, shared, from_to, come_in, code, code_like, type_code, not_this_code, wrong_code, one_moment, guessing, you_have_a_seat, back_to_it, nothing_here, to_the_exercise, not_this_name, open_address, not_done, foreign, not_taken, too_much, come_in_again, no_seat
    }
}
