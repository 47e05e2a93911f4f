//! Why something was not done, in the language of a participant's seat.
//!
//! Owns which word belongs to which refusal of the rules. A refusal that no participant meets, and
//! what a machine reports, are said in English.

use super::{Hints, filled};
use crate::app::Reason;
use crate::exercise::{BoxFault, Phase, Refusal};
use crate::room;

impl Hints {
    /// Why something was not done, said to a participant.
    pub(crate) fn reason(&self, why: &Reason) -> String {
        match why {
            Reason::Rule(why) => self.refusal(why),
            Reason::Fault(why) => filled(&self.refusals.fault, &[("why", why)]),
            Reason::NotKept => self.refusals.not_kept.clone(),
        }
    }

    /// Why the room does not take something.
    pub(crate) fn refusal(&self, why: &room::Refusal) -> String {
        use room::Refusal as R;
        match why {
            R::Closed => self.refusals.closed.clone(),
            R::Exercise(why) => self.rule(why),
            R::Box(BoxFault::Sealed) => self.refusals.sealed.clone(),
            R::Box(BoxFault::NotThere) => self.refusals.not_there.clone(),
            R::Box(BoxFault::Failed(_)) => filled(&self.refusals.fault, &[("why", why)]),
            R::NotForRole(_) => self.said.not_yours.clone(),
            R::Box(BoxFault::Taken | BoxFault::NotSealed)
            | R::Gone(_)
            | R::Empty(_)
            | R::TooLong { .. }
            | R::TooMany { .. }
            | R::NoSuchPlace(_)
            | R::OutOfRange { .. }
            | R::Overtaken
            | R::NothingToUndo
            | R::NothingToRedo
            | R::TimerNotSet
            | R::NoBox
            | R::Unreadable(_) => why.to_string(),
        }
    }

    /// Why the rules of the exercise do not allow something.
    fn rule(&self, why: &Refusal) -> String {
        use Refusal as R;
        let said = &self.refusals;
        match why {
            R::NotYours => self.said.not_yours.clone(),
            R::NoExercise(_) => said.no_exercise.clone(),
            R::NoItem(_) => said.no_item.clone(),
            R::NotNow { now, belongs } => filled(
                &said.not_now,
                &[
                    ("now", &self.phases.of(*now)),
                    ("belongs", &self.all(belongs)),
                ],
            ),
            R::Nothing => said.nothing.clone(),
            R::Locked => said.locked.clone(),
            R::TimeOver => said.time_over.clone(),
            R::Finished => said.finished.clone(),
            R::NoRound => said.no_round.clone(),
            R::NotTheAuthor => said.not_the_author.clone(),
            R::InGroup => said.in_group.clone(),
            R::NoWords => said.no_words.clone(),
            R::TooLong { most, length } => {
                filled(&said.too_long, &[("most", most), ("length", length)])
            }
            R::Full { most } => filled(&said.full, &[("most", most)]),
            R::TwiceOnBallot => said.twice.clone(),
            R::EmptyPlace => said.empty_place.clone(),
            R::NoTies => said.no_ties.clone(),
            R::TooManyPlaces { most } => filled(&said.too_many_places, &[("most", most)]),
            R::NoScenario
            | R::NoGroup(_)
            | R::Already
            | R::SealsFirst { .. }
            | R::NothingIn
            | R::NoItems
            | R::TooFewToRank
            | R::TooManyToRank { .. }
            | R::NoFirstRanking
            | R::BallotsIn(_)
            | R::NotSealed
            | R::TooFewToMerge
            | R::MoreHands { .. }
            | R::People { .. }
            | R::NotUndone(_)
            | R::LaterChanges => why.to_string(),
        }
    }

    /// Phases by name: "Collect, Tag and Rank".
    fn all(&self, phases: &[Phase]) -> String {
        let names: Vec<String> = phases
            .iter()
            .map(|one| self.phases.of(*one).to_owned())
            .collect();
        self.and(&names)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Language, hints};
    use super::*;
    use crate::exercise::{ExerciseId, ItemId};

    /// What a participant may be told, by the rules.
    fn met() -> Vec<room::Refusal> {
        let rules = [
            Refusal::NoExercise(ExerciseId(1)),
            Refusal::NoItem(ItemId(1)),
            Refusal::NotNow {
                now: Phase::Tag,
                belongs: &[Phase::Collect],
            },
            Refusal::Nothing,
            Refusal::Locked,
            Refusal::TimeOver,
            Refusal::Finished,
            Refusal::NoRound,
            Refusal::NotTheAuthor,
            Refusal::InGroup,
            Refusal::NoWords,
            Refusal::TooLong {
                most: 200,
                length: 413,
            },
            Refusal::Full { most: 120 },
            Refusal::TwiceOnBallot,
            Refusal::EmptyPlace,
            Refusal::NoTies,
            Refusal::TooManyPlaces { most: 5 },
        ];
        let room = [room::Refusal::Closed, BoxFault::Sealed.into()];
        let rules = rules.map(room::Refusal::from);
        rules.into_iter().chain(room).collect()
    }

    #[test]
    fn what_the_rules_say_to_a_participant_is_said_in_every_language() {
        for why in met() {
            let english = why.to_string();
            assert_eq!(hints(Language::En).refusal(&why), english);
            for language in [Language::Fr, Language::Es] {
                let said = hints(language).refusal(&why);
                assert_ne!(said, english, "{language:?}");
                assert!(!said.contains(['{', '}']), "{said}");
            }
        }
    }

    #[test]
    fn figures_and_phases_stand_in_the_sentence_of_the_language() {
        let long = Refusal::TooLong {
            most: 200,
            length: 413,
        };
        let said = hints(Language::Es).refusal(&long.into());
        assert_eq!(said, "200 caracteres como máximo; esto tiene 413");
        let late = Refusal::NotNow {
            now: Phase::Reveal,
            belongs: &[Phase::Collect, Phase::Tag, Phase::Rank],
        };
        let english = "Reveal is now; this is done in Collect, Tag and Rank";
        assert_eq!(late.to_string(), english);
        let said = hints(Language::Fr).refusal(&late.into());
        assert!(said.contains("Résultat"), "{said}");
        assert!(said.contains("Collecte, Tri et Classement"), "{said}");
    }

    #[test]
    fn what_a_machine_reports_is_passed_on_with_what_to_do() {
        let fault = Reason::from("the disk is full");
        assert_eq!(fault.to_string(), "the disk is full");
        for language in Language::ALL {
            let said = hints(language).reason(&fault);
            assert!(said.ends_with(": the disk is full"), "{said}");
        }
    }
}
