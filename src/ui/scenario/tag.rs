//! Tag: must have and nice to have, by slips, tables, hands or aloud.

use super::ScenarioScene;
use super::rows::base;
use super::words::{said, sign};
use crate::app::sheet::Sheet;
use crate::exercise::{Exercise, ItemId, Round, Vote, Voting};

/// Where a slip is typed: its number, and that it is not shown when covered.
pub(super) fn slip_text(run: &Exercise, sheet: &Sheet, voting: Voting) -> String {
    if voting == Voting::Seats {
        return "Everybody at their own terminal: they hand in themselves. v: type slips in as well."
            .to_owned();
    }
    let what = match voting {
        Voting::Tables => format!("Ballot of a table of {}", sheet.table),
        _ => "Slip".to_owned(),
    };
    let covered = if run.covered {
        " Covered: what is typed is not shown."
    } else {
        " C covers the projection."
    };
    format!(
        "{what} {}: pencil the number on it, then Enter.{covered}",
        sheet.slip()
    )
}

pub(super) fn tag(run: &Exercise, sheet: &Sheet) -> ScenarioScene {
    let (candidates, mut scene) = base(run, sheet);
    let voting = sheet.voting(run, Vote::Tag);
    let round = run.open_round(Vote::Tag);
    for (row, one) in scene.rows.iter_mut().zip(&candidates) {
        match voting {
            Voting::Slips | Voting::Tables if !run.covered => {
                row.sign = sign(sheet.tags.mark(one.id));
            }
            Voting::Aloud => {
                row.sign = said(round.and_then(|round| round.agreed.get(&one.id).copied()));
            }
            Voting::Hands => row.tail = counted(round, one.id),
            _ => {}
        }
    }
    let mut keys = vec![];
    match voting {
        Voting::Hands => {
            "must nice".clone_into(&mut scene.heads);
            let present = round.map_or(0, |round| round.present);
            scene.text = vec![format!("Show of hands: {present} take part.")];
            keys.extend([("Enter", "count hands"), ("p", "how many take part")]);
        }
        Voting::Aloud => {
            scene.text = vec!["Agreed aloud: the room talks until it agrees.".to_owned()];
            keys.push(("Space", "must, nice, neither"));
        }
        Voting::Seats => scene.text = vec![slip_text(run, sheet, voting)],
        _ => {
            scene.text = vec![slip_text(run, sheet, voting)];
            keys.extend([
                ("Space", "must, nice, -"),
                ("Enter", "hand in"),
                ("d", "slip back"),
            ]);
            if voting == Voting::Tables {
                keys.push(("p", "people"));
            }
            keys.push(("C", "cover"));
        }
    }
    keys.extend([("v", "another way"), ("L", "lock"), ("n", "next")]);
    scene.keys = keys;
    scene
}

fn counted(round: Option<&Round>, item: ItemId) -> String {
    let hands = round.and_then(|round| round.hands.get(&item));
    hands.map_or_else(
        || "   -    -".to_owned(),
        |hands| format!("{:>4} {:>4}", hands.must, hands.nice),
    )
}
