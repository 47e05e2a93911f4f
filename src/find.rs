//! Finding in this content: the search engine fed with the Matrix, and a text index.
//!
//! Owns how the content becomes what the engine in `search` ranks (which row has which
//! weight is the engine's own), and the search of running text for "go to". Knows no
//! screen and no file system; what a user taught comes in from outside. Start at
//! [`Finder::of`].

mod passages;

pub use passages::{Passages, Spot};

use crate::content::{
    CategoryId, Content, CriterionId, Faults, File, Passage, Place, Status, folder, shipped,
};
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
    ///
    /// # Errors
    ///
    /// All that is wrong with the vocabulary; the shipped one has no fault.
    pub fn of(content: &Content, taught: &[Taught]) -> Result<Self, Faults> {
        let corpus = corpus(content);
        let (thesaurus, questions) = vocabulary(content, &corpus)?;
        Ok(Self {
            engine: Engine::new(&corpus, thesaurus, questions, taught),
        })
    }

    /// The eight categories for a need, best first.
    pub fn rank(&self, query: &Query<'_>) -> Ranking {
        self.engine.rank(query)
    }
}

/// The thesaurus and the example questions. Where given files take words out of the Matrix that
/// the vocabulary stands on, those of the shipped Matrix count: Find goes on, and answers from
/// what is there.
fn vocabulary(content: &Content, corpus: &Corpus) -> Result<(Thesaurus, Questions), Faults> {
    let found = checked(content, corpus);
    if found.is_err()
        && !content.overridden.is_empty()
        && let Ok(shipped) = shipped()
    {
        return checked(content, &self::corpus(&shipped));
    }
    found
}

/// The vocabulary, checked against a corpus.
fn checked(content: &Content, corpus: &Corpus) -> Result<(Thesaurus, Questions), Faults> {
    let (words, asked) = (files(content, "thesaurus/"), files(content, "questions/"));
    let thesaurus = Thesaurus::load(&words, corpus);
    let questions = Questions::load(&asked, corpus);
    match (thesaurus, questions) {
        (Ok(thesaurus), Ok(questions)) => Ok((thesaurus, questions)),
        (thesaurus, questions) => {
            let mut faults = said(thesaurus.err().unwrap_or_default(), &words);
            faults.append(said(questions.err().unwrap_or_default(), &asked));
            Err(faults)
        }
    }
}

/// The files of a folder of the vocabulary: a given one stands in place of the shipped one.
fn files<'a>(content: &'a Content, name: &str) -> Vec<(&'a str, &'a str)> {
    let given = content.vocabulary.iter();
    let given: Vec<(&str, &str)> = given
        .filter(|file| file.path.starts_with(name))
        .map(|file| (file.path.as_str(), file.text.as_str()))
        .collect();
    let is_given = |path: &str| given.iter().any(|(other, _)| *other == path);
    let mut files: Vec<(&str, &str)> = folder(name.trim_end_matches('/'));
    files.retain(|(path, _)| !is_given(path));
    files.extend(given);
    files.sort_unstable();
    files
}

/// What is wrong with the vocabulary of a content.
pub fn faults(content: &Content) -> Faults {
    vocabulary(content, &corpus(content))
        .err()
        .unwrap_or_default()
}

/// What the readers of the vocabulary found, with the lines where it stands.
fn said(found: Vec<Fault>, files: &[(&str, &str)]) -> Faults {
    let mut faults = Faults::default();
    for fault in found {
        let text = files.iter().find(|(path, _)| *path == fault.file);
        let file = File {
            path: fault.file,
            text: text.map_or_else(String::new, |(_, text)| (*text).to_owned()),
        };
        faults.push(file.fault_on(fault.line, fault.column, fault.says));
    }
    faults
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
