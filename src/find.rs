//! Finding in this content: the search engine fed with the Matrix, and a text index.
//!
//! Owns how the content becomes what the engine in `search` ranks (which row has which
//! weight is the engine's own), and the search of running text for "go to". Knows no
//! screen and no file system; what a user taught comes in from outside. Start at
//! [`Finder::of`].

mod passages;

pub use passages::{Passages, Spot};

use crate::content::{CategoryId, Content, CriterionId, Passage, Place, Status, folder};
use crate::search::{
    Category, Corpus, Engine, Fault, Field, FieldKind, Query, Questions, Ranking, Taught, Thesaurus,
};

/// The engine over a content.
#[derive(Debug)]
pub struct Finder {
    engine: Engine,
}

impl Finder {
    /// Makes the index; takes some milliseconds, so it is made after the first paint.
    pub fn of(content: &Content, taught: &[Taught]) -> Result<Self, Vec<Fault>> {
        let corpus = corpus(content);
        let (thesaurus, questions) = vocabulary(&corpus)?;
        Ok(Self {
            engine: Engine::new(&corpus, thesaurus, questions, taught),
        })
    }

    /// The eight categories for a need, best first.
    pub fn rank(&self, query: &Query<'_>) -> Ranking {
        self.engine.rank(query)
    }
}

/// The shipped thesaurus and example questions, checked against a corpus.
fn vocabulary(corpus: &Corpus) -> Result<(Thesaurus, Questions), Vec<Fault>> {
    let thesaurus_files = folder("thesaurus");
    let question_files = folder("questions");
    let thesaurus = Thesaurus::load(&thesaurus_files, corpus);
    let questions = Questions::load(&question_files, corpus);
    match (thesaurus, questions) {
        (Ok(thesaurus), Ok(questions)) => Ok((thesaurus, questions)),
        (thesaurus, questions) => {
            let mut faults = thesaurus.err().unwrap_or_default();
            faults.extend(questions.err().unwrap_or_default());
            Err(faults)
        }
    }
}

/// What is wrong with the shipped thesaurus and questions.
pub fn faults(content: &Content) -> Vec<Fault> {
    vocabulary(&corpus(content)).err().unwrap_or_default()
}

/// The rows of the Matrix as the engine takes them.
pub fn corpus(content: &Content) -> Corpus {
    let categories = content.matrix.categories.iter();
    Corpus {
        categories: categories
            .clone()
            .map(|one| Category {
                id: one.id.slug().to_owned(),
                title: one.title.clone(),
            })
            .collect(),
        fields: categories.flat_map(|one| fields(one.id, content)).collect(),
    }
}

fn fields(id: CategoryId, content: &Content) -> Vec<Field> {
    let category = content.category(id);
    let mut fields = vec![names(id, content)];
    for row in CriterionId::ROWS {
        let cell = content.cell(id, *row);
        fields.extend(cell.passages.iter().filter_map(|passage| {
            let kind = kind(*row, passage)?;
            Some(field(id, *row, kind, passage, content))
        }));
    }
    let explained = category.explanation.iter().map(|passage| {
        field(
            id,
            CriterionId::Definition,
            FieldKind::Explanation,
            passage,
            content,
        )
    });
    fields.extend(explained);
    fields
}

/// What the sources call the category, now and before. Aliases are ours, so they are no
/// reason that a source gives; the thesaurus has them.
fn names(id: CategoryId, content: &Content) -> Field {
    let category = content.category(id);
    let mut names = vec![category.title.clone()];
    names.extend(category.former_names.iter().map(|one| one.name.clone()));
    Field {
        category: id.index(),
        kind: FieldKind::Title,
        address: Place::Column(id).to_string(),
        label: "Name".to_owned(),
        text: names.join(" . "),
    }
}

fn field(
    id: CategoryId,
    row: CriterionId,
    kind: FieldKind,
    passage: &Passage,
    content: &Content,
) -> Field {
    let title = &content.criterion(row).title;
    let label = match kind {
        FieldKind::OldOutput => format!("{title} (2015)"),
        FieldKind::Explanation => "Explanation".to_owned(),
        _ => title.clone(),
    };
    Field {
        category: id.index(),
        kind,
        address: format!("{}/{}", Place::Cell(id, row), passage.id),
        label,
        text: passage.plain(),
    }
}

fn kind(row: CriterionId, passage: &Passage) -> Option<FieldKind> {
    Some(match row {
        CriterionId::Definition => FieldKind::Definition,
        CriterionId::SubCategories => FieldKind::SubCategories,
        CriterionId::Methods => FieldKind::Methods,
        CriterionId::Examples => FieldKind::Examples,
        CriterionId::Output if passage.status == Status::Superseded => FieldKind::OldOutput,
        CriterionId::Output => FieldKind::Output,
        CriterionId::SharedData => FieldKind::SharedData,
        CriterionId::Sources => FieldKind::Sources,
        CriterionId::DecisionData | CriterionId::UnitOfAnalysis => return None,
    })
}
