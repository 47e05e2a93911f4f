//! What people call things in their tables.
//!
//! Owns the synonyms of headings, statuses and sharing levels, and how two spellings are
//! held to be the same: small letters, without blanks, signs and accents.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::content::fault::did_you_mean;
use crate::content::{CategoryId, Content};
use crate::operation::{Sharing, State};

/// A column of a table of systems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Column {
    Id,
    Name,
    Categories,
    Organisation,
    Status,
    Coverage,
    Frequency,
    Unit,
    Sharing,
    Contact,
    Note,
}

const COLUMNS: &[(Column, &[&str])] = &[
    (Column::Id, &["id", "systemid"]),
    (
        Column::Name,
        &[
            "name",
            "system",
            "systemname",
            "nameofsystem",
            "nameofthesystem",
            "imsystem",
            "pimsystem",
            "informationsystem",
            "title",
            "tool",
            "activity",
            "nom",
            "nombre",
        ],
    ),
    (
        Column::Categories,
        &[
            "category",
            "categories",
            "pimcategory",
            "pimcategories",
            "matrixcategory",
            "type",
            "typeofsystem",
            "systemtype",
            "categorie",
            "categoria",
        ],
    ),
    (
        Column::Organisation,
        &[
            "organisation",
            "organization",
            "organisations",
            "organizations",
            "org",
            "agency",
            "agencies",
            "lead",
            "leadagency",
            "leadorganisation",
            "leadorganization",
            "runby",
            "who",
            "owner",
            "partner",
            "implementedby",
            "organizacion",
        ],
    ),
    (
        Column::Status,
        &[
            "status",
            "state",
            "systemstatus",
            "currentstatus",
            "statut",
            "estado",
        ],
    ),
    (
        Column::Coverage,
        &[
            "coverage",
            "geographiccoverage",
            "location",
            "locations",
            "area",
            "areas",
            "where",
            "geography",
            "region",
            "regions",
            "district",
            "districts",
            "province",
            "couverture",
            "cobertura",
        ],
    ),
    (
        Column::Frequency,
        &[
            "frequency",
            "howoften",
            "periodicity",
            "updatefrequency",
            "frequence",
            "frecuencia",
        ],
    ),
    (
        Column::Unit,
        &[
            "unitofanalysis",
            "unit",
            "levelofanalysis",
            "analysisunit",
            "unitofmeasure",
        ],
    ),
    (
        Column::Sharing,
        &[
            "sharing",
            "sharinglevel",
            "classification",
            "sensitivity",
            "datasensitivity",
            "access",
            "accesslevel",
            "audience",
            "confidentiality",
        ],
    ),
    (
        Column::Contact,
        &[
            "contact",
            "contactrole",
            "contactbyrole",
            "focalpoint",
            "role",
            "contactperson",
        ],
    ),
    (
        Column::Note,
        &[
            "note",
            "notes",
            "comment",
            "comments",
            "remark",
            "remarks",
            "description",
        ],
    ),
];

/// A text by which spellings are compared.
pub(super) fn folded(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c) && c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

pub(super) fn column(heading: &str) -> Option<Column> {
    let heading = folded(heading);
    let found = COLUMNS
        .iter()
        .find(|(_, words)| words.contains(&heading.as_str()));
    found.map(|(column, _)| *column)
}

pub(super) fn status(text: &str) -> Option<State> {
    const WORDS: &[(State, &[&str])] = &[
        (
            State::Running,
            &[
                "running",
                "active",
                "ongoing",
                "operational",
                "functional",
                "inprogress",
                "current",
                "yes",
                "live",
            ],
        ),
        (
            State::Planned,
            &[
                "planned",
                "plan",
                "proposed",
                "planning",
                "underdesign",
                "design",
                "pipeline",
                "indevelopment",
            ],
        ),
        (
            State::Paused,
            &["paused", "suspended", "onhold", "inactive", "interrupted"],
        ),
        (
            State::Closed,
            &[
                "closed",
                "ended",
                "completed",
                "finished",
                "discontinued",
                "stopped",
            ],
        ),
    ];
    let text = folded(text);
    let found = WORDS
        .iter()
        .find(|(_, words)| words.contains(&text.as_str()));
    found.map(|(state, _)| *state)
}

/// The level that a word means; a word that people use for several means the narrowest.
pub(super) fn sharing(text: &str) -> Option<Sharing> {
    const WORDS: &[(Sharing, &[&str])] = &[
        (
            Sharing::Public,
            &["public", "open", "unrestricted", "everybody"],
        ),
        (
            Sharing::Humanitarian,
            &[
                "humanitariancommunity",
                "humanitarian",
                "humanitarianactors",
                "humanitarians",
            ],
        ),
        (
            Sharing::Protection,
            &[
                "protectionactors",
                "protection",
                "protectioncluster",
                "protectionsector",
            ],
        ),
        (
            Sharing::Own,
            &[
                "ownorganisation",
                "ownorganization",
                "own",
                "internal",
                "private",
                "confidential",
                "restricted",
                "strictlyconfidential",
            ],
        ),
    ];
    let text = folded(text);
    let found = WORDS
        .iter()
        .find(|(_, words)| words.contains(&text.as_str()));
    found.map(|(level, _)| *level)
}

/// The category that a text names by any name that it has.
pub(super) fn category(text: &str, content: &Content) -> Option<CategoryId> {
    let text = folded(text);
    let is = |name: &str| {
        let name = folded(name);
        name == text || format!("{name}s") == text || name == format!("{text}s")
    };
    let named = content.matrix.categories.iter().find(|one| {
        let former = one.former_names.iter().map(|name| name.name.as_str());
        [one.id.slug(), &one.title, &one.short, &one.code]
            .into_iter()
            .chain(one.aliases.iter().map(String::as_str))
            .chain(former)
            .any(is)
    });
    named.filter(|_| !text.is_empty()).map(|one| one.id)
}

/// The categories that a cell names, or the word that names none and what is near it.
pub(super) fn categories(text: &str, content: &Content) -> Result<Vec<CategoryId>, String> {
    let mut found = Vec::new();
    for part in text
        .split([';', '\n', '|'])
        .map(str::trim)
        .filter(|one| !one.is_empty())
    {
        if let Some(one) = category(part, content) {
            found.push(one);
            continue;
        }
        // A name may hold a comma or a slash itself, so those part names only afterwards.
        for piece in part
            .split([',', '/', '+', '&'])
            .map(str::trim)
            .filter(|one| !one.is_empty())
        {
            match category(piece, content) {
                Some(one) => found.push(one),
                None => return Err(unknown(piece, content)),
            }
        }
    }
    let mut once = Vec::new();
    for one in found {
        if !once.contains(&one) {
            once.push(one);
        }
    }
    Ok(once)
}

fn unknown(text: &str, content: &Content) -> String {
    let shown: String = text.chars().take(60).collect();
    let titles = content
        .matrix
        .categories
        .iter()
        .map(|one| one.title.as_str());
    match did_you_mean(text, titles) {
        Some(near) => format!("no category is called \"{shown}\"; did you mean \"{near}\"?"),
        None => format!("no category is called \"{shown}\"; the eight are in `pim show matrix`"),
    }
}
