//! From what the words say to an answer: the order, how sure it is, and why.
//!
//! Owns the ranking that a reader gets: the hits with the reasons that count most, each with the
//! place where it stands; what was understood; and when an answer may be called confident.
//! Weighs no word itself. Start at [`Engine::answer`].

use std::ops::Range;

use super::super::answer::{Hit, How, Ranking, Reason};
use super::super::index::{CATEGORIES, Gains};
use super::super::text::Role;
use super::super::thesaurus::{Combination, Concept, Kind};
use super::Engine;
use super::evidence::{Evidence, Read, What};

const MOST_REASONS: usize = 4;
/// From this gain on a word alone says something definite: more than one question with it, and few others.
const DEFINITE: f32 = 1.25;

impl Engine {
    /// The ranking for what was read, given what it adds up to.
    pub(super) fn answer(
        &self,
        read: &[Read],
        evidence: &[Evidence],
        totals: Gains,
        combinations: Vec<Combination>,
        cut: bool,
    ) -> Ranking {
        let mut order: Vec<usize> = (0..self.categories.len().min(CATEGORIES)).collect();
        order.sort_by(|a, b| totals[*b].total_cmp(&totals[*a]).then(a.cmp(b)));
        let (understood, not_understood) = understood(read);
        let confident = self.confident(
            read,
            evidence,
            totals,
            &order,
            &combinations,
            (understood.len(), not_understood.len()),
        );
        let corrected = read
            .iter()
            .filter_map(|r| Some((r.word.typed.clone(), r.typed.clone()?)))
            .collect();
        let nothing = understood.is_empty() && evidence.is_empty();
        let hits = order
            .into_iter()
            .map(|at| Hit {
                category: at,
                id: self.categories[at].id.clone(),
                score: if nothing { 0.0 } else { totals[at].max(0.0) },
                because: self.reasons(at, read, evidence),
            })
            .collect();
        Ranking {
            hits,
            understood,
            not_understood,
            corrected,
            confident,
            combinations,
            cut,
        }
    }

    fn confident(
        &self,
        read: &[Read],
        evidence: &[Evidence],
        totals: Gains,
        order: &[usize],
        combinations: &[Combination],
        (known, unknown): (usize, usize),
    ) -> bool {
        let w = &self.weights;
        let [first, second, ..] = order else {
            return false;
        };
        let (sure, counted) = self.counted(read, known, unknown);
        if sure == 0 || (sure as f32) < w.share * counted || totals[*first] < w.floor {
            return false;
        }
        let combined = combinations
            .iter()
            .any(|c| c.between.contains(first) && c.between.contains(second));
        if combined && sure == known {
            return true;
        }
        let said = |e: &Evidence| {
            e.gains[*first] > 0.5
                && read[e.first..e.first + e.count]
                    .iter()
                    .any(|r| r.completions.is_empty() && r.word.role == Role::Content)
        };
        if !evidence.iter().any(said) {
            return false;
        }
        // Knowing a word is not enough where only a stray question uses it: some must say something.
        if speaking(read, evidence) < w.speaking * counted {
            return false;
        }
        let weight = |at: &usize| ((totals[*at] - totals[*first]) * w.sharpness).exp();
        let all: f32 = order.iter().map(weight).sum();
        (1.0 - weight(second)) / all > w.margin
    }

    /// How many words are understood for certain, and how many count at all.
    fn counted(&self, read: &[Read], known: usize, unknown: usize) -> (usize, f32) {
        // An unfinished word may still become anything.
        let unfinished = read.iter().filter(|r| !r.completions.is_empty()).count();
        // Names of places need not be understood.
        let names = read.iter().filter(|r| r.name).count();
        // An everyday word that nothing here knows speaks of another matter altogether.
        let elsewhere = read
            .iter()
            .filter(|r| !r.known && self.vocabulary.is_everyday(&r.word.canon))
            .count();
        let counted = known + unknown.saturating_sub(names) + elsewhere;
        (known.saturating_sub(unfinished), counted.max(1) as f32)
    }

    fn reasons(&self, at: usize, read: &[Read], evidence: &[Evidence]) -> Vec<Reason> {
        let mut pieces: Vec<&Evidence> = evidence.iter().filter(|e| e.gains[at] > 0.25).collect();
        // A reason that a reader can check in the sources goes before an equal one that is ours.
        let worth = |e: &Evidence| {
            e.gains[at]
                * if matches!(e.what, What::Lesson(_)) {
                    0.5
                } else {
                    1.0
                }
        };
        pieces.sort_by(|a, b| worth(b).total_cmp(&worth(a)).then(a.first.cmp(&b.first)));
        let mut out: Vec<Reason> = Vec::new();
        let mut covered: Vec<Range<usize>> = Vec::new();
        for piece in pieces {
            let span = piece.first..piece.first + piece.count;
            if out.len() == MOST_REASONS {
                break;
            }
            if covered
                .iter()
                .any(|c| c.start < span.end && span.start < c.end)
            {
                continue;
            }
            covered.push(span);
            out.push(self.reason(at, read, piece));
        }
        out
    }

    fn reason(&self, at: usize, read: &[Read], piece: &Evidence) -> Reason {
        let run = &read[piece.first..piece.first + piece.count];
        let place =
            run.first().map_or(0, |r| r.word.at.start)..run.last().map_or(0, |r| r.word.at.end);
        let mut typed: Vec<&str> = run.iter().map(|r| r.word.typed.as_str()).collect();
        typed.dedup();
        let mut reason = Reason {
            typed: typed.join(" "),
            at: place,
            read_as: run.iter().find_map(|r| r.typed.clone()),
            how: How::Taught,
            source: String::new(),
            mark: Vec::new(),
            address: None,
            row: String::new(),
            from_thesaurus: true,
            gain: piece.gains[at],
        };
        match &piece.what {
            What::Taught => {}
            What::Word { field, family } => {
                reason.how = if *family { How::Family } else { How::Word };
                self.stand(&mut reason, field[at].as_ref());
            }
            What::Concept(number) => {
                let concept = &self.thesaurus.concepts[*number];
                reason.how = how_of(concept);
                reason.source = concept.means.first().cloned().unwrap_or_default();
                self.stand(&mut reason, self.backing[*number].field[at].as_ref());
            }
            What::Lesson(lesson) => {
                reason.how = How::Question;
                if let Some(question) = lesson.example(at).and_then(|q| self.questions.0.get(q)) {
                    reason.source.clone_from(&question.text);
                    reason.address = Some(format!("questions/{}", self.categories[at].id));
                    "Example question".clone_into(&mut reason.row);
                }
            }
        }
        reason
    }

    /// Names the field in which a reason stands, if it stands in one.
    fn stand(&self, reason: &mut Reason, place: Option<&(u32, String)>) {
        let Some((number, written)) = place else {
            return;
        };
        let Some(field) = self.fields.get(*number as usize) else {
            return;
        };
        reason.source.clone_from(written);
        reason.mark = vec![written.clone()];
        reason.address = Some(field.address.clone());
        reason.row.clone_from(&field.label);
        reason.from_thesaurus = false;
    }
}

/// How many words that carry meaning say anything definite, for whichever category.
fn speaking(read: &[Read], evidence: &[Evidence]) -> f32 {
    let definite = |at: usize| {
        evidence
            .iter()
            .filter(|e| (e.first..e.first + e.count).contains(&at))
            .any(|e| match e.what {
                What::Concept(_) | What::Taught => true,
                What::Word { .. } | What::Lesson(_) => e.gains.iter().any(|g| *g > DEFINITE),
            })
    };
    let content = |at: &usize| read[*at].word.role == Role::Content;
    (0..read.len())
        .filter(content)
        .filter(|at| definite(*at))
        .count() as f32
}

/// The words that carry meaning, each once: those that were understood, and the others.
fn understood(read: &[Read]) -> (Vec<String>, Vec<String>) {
    let (mut understood, mut not_understood) = (Vec::new(), Vec::new());
    let mut place = None;
    for piece in read.iter().filter(|r| r.word.role == Role::Content) {
        // Two words written together are read as two, and were typed as one.
        if place.replace(piece.word.at.start) != Some(piece.word.at.start) {
            let list = if piece.known {
                &mut understood
            } else {
                &mut not_understood
            };
            list.push(piece.word.typed.clone());
        }
    }
    (understood, not_understood)
}

fn how_of(concept: &Concept) -> How {
    match concept.kind {
        Kind::Topic => How::Thesaurus {
            concept: concept.id.clone(),
            because: concept.because.clone(),
        },
        Kind::Cue => How::Cue {
            concept: concept.id.clone(),
        },
    }
}
