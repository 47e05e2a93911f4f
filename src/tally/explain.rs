//! "Explain this result": the facts ([`Explanation`], [`Standing`]), which [`crate::hints`] puts
//! into sentences that a facilitator can read aloud. Everything is counted, nothing is judged; what
//! the ballots leave open is left open.

use super::{Agreement, Disagreement, Duel, Half, Place, Tally};

/// What there is to say about a result.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Everyone on first place; empty when no ballot counts.
    pub leaders: Vec<Standing>,
    /// How many candidates there are.
    pub candidates: usize,
    /// Ballots that count.
    pub ballots: u64,
    /// Abstentions.
    pub blank: u64,
    /// Counted ballots that leave candidates out.
    pub partial: u64,
    /// Whether some candidate beats all others head to head.
    pub head_to_head_winner: Option<usize>,
    /// Who could lead with one ballot less, today's leaders included; nothing with fewer than two
    /// ballots.
    pub could_lead: Option<Vec<usize>>,
    /// Whether one ballot less leaves first place as it is; nothing with fewer than two ballots.
    pub stable: Option<bool>,
    /// Kendall's W and its word; nothing from too few ballots or candidates.
    pub agreement: Option<(f64, Agreement)>,
    /// Where the cross-checks differ from points.
    pub disagreements: Vec<Disagreement>,
}

/// How one candidate stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Which candidate.
    pub candidate: usize,
    /// Its place by points.
    pub place: Place,
    /// Its points.
    pub points: Half,
    /// How often a ballot put it above another candidate.
    pub above: u64,
    /// How often a ballot put it level with another candidate.
    pub level: u64,
    /// Those it beats head to head, closest first.
    pub beats: Vec<Duel>,
    /// Those it is level with head to head.
    pub level_with: Vec<Duel>,
    /// Those it loses to head to head, closest first.
    pub loses_to: Vec<Duel>,
}

impl Explanation {
    /// Gathers the facts.
    pub fn of(tally: &Tally) -> Self {
        let leaders = if tally.counted > 0 {
            tally.borda.order.leaders()
        } else {
            &[]
        };
        Self {
            leaders: leaders
                .iter()
                .filter_map(|&leader| Standing::of(tally, leader))
                .collect(),
            candidates: tally.candidates(),
            ballots: tally.counted,
            blank: tally.blank,
            partial: tally.partial,
            head_to_head_winner: tally.condorcet_winner,
            could_lead: tally.stability.as_ref().map(super::Stability::could_lead),
            stable: tally.stability.as_ref().map(super::Stability::is_stable),
            agreement: tally.w.zip(tally.agreement()),
            disagreements: tally.disagreements(),
        }
    }
}

impl Standing {
    /// How a candidate stands; nothing for one that is not there.
    pub fn of(tally: &Tally, candidate: usize) -> Option<Self> {
        let place = tally.borda.order.place_of(candidate)?;
        let matrix = &tally.matrix;
        let sum = |ballots: &dyn Fn(usize) -> u64| matrix.others(candidate).map(ballots).sum();
        let mut duels: Vec<Duel> = matrix.duels(candidate).collect();
        duels.sort_by_key(|duel| duel.ours.abs_diff(duel.theirs));
        let pick = |wanted: fn(&Duel) -> bool| duels.iter().copied().filter(wanted).collect();
        Some(Self {
            candidate,
            place,
            points: tally.borda.points[candidate],
            above: sum(&|other| matrix.above(candidate, other)),
            level: sum(&|other| matrix.level(candidate, other)),
            beats: pick(|duel| duel.ours > duel.theirs),
            level_with: pick(|duel| duel.ours == duel.theirs),
            loses_to: pick(|duel| duel.ours < duel.theirs),
        })
    }

    /// How many candidates it was compared with.
    pub fn others(&self) -> usize {
        self.beats.len() + self.level_with.len() + self.loses_to.len()
    }
}
