//! The closed sets of the PIM framework, and the slugs that name everything else.
//!
//! Eight categories, seven criteria (with the two additions that stand under
//! Output), four steps, twelve sub-steps and eight principles: the sources fix
//! them, so they are enums and the compiler counts them. Their slugs are part of
//! every address, every note and every export, and never change.

use std::fmt;

macro_rules! closed_set {
    ($(#[$about:meta])* $name:ident, $what:literal { $($(#[$doc:meta])* $variant:ident = $slug:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)+ }

        impl $name {
            /// All of them, in the order of the sources.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];
            /// What one of them is called.
            pub const WHAT: &'static str = $what;

            /// The slug that stands in addresses and files.
            pub const fn slug(self) -> &'static str {
                match self { $($name::$variant => $slug,)+ }
            }

            /// The one with this slug.
            pub fn from_slug(slug: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.slug() == slug)
            }

            /// Its place in [`Self::ALL`].
            pub const fn index(self) -> usize { self as usize }

            /// The one `by` places further in the order of the sources, stopping at the ends.
            #[must_use]
            pub fn step(self, by: isize) -> Self {
                let last = Self::ALL.len() - 1;
                let to = self.index().saturating_add_signed(by).min(last);
                Self::ALL.get(to).copied().unwrap_or(self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(self.slug()) }
        }
    };
}

closed_set! {
    /// A category: a column of the Matrix (Third Working Meeting, Annex 1, list of eight).
    CategoryId, "category" {
        /// Population Data.
        PopulationData = "population-data",
        /// Protection Needs Assessment.
        ProtectionNeedsAssessment = "protection-needs-assessment",
        /// Protection Monitoring.
        ProtectionMonitoring = "protection-monitoring",
        /// Case Management.
        CaseManagement = "case-management",
        /// Protection Response Monitoring and Evaluation.
        ResponseMonitoring = "protection-response-monitoring-evaluation",
        /// Security and Situational Awareness.
        Security = "security-situational-awareness",
        /// Sectoral Systems/Other.
        Sectoral = "sectoral-systems",
        /// Communicating with(in) Affected Communities.
        Communicating = "communicating-affected-communities",
    }
}

closed_set! {
    /// A criterion: a row of the Matrix (Annex 1 lists seven), and the two
    /// additions that Annex 1 puts under the Output row.
    CriterionId, "criterion" {
        /// Definition: agreed, locked.
        Definition = "definition",
        /// Sub-category examples.
        SubCategories = "sub-categories",
        /// Methods.
        Methods = "methods",
        /// Specific examples.
        Examples = "examples",
        /// Output (data and information): agreed, locked.
        Output = "output",
        /// Data and information needed for decision making; under Output.
        DecisionData = "decision-data",
        /// Common unit of analysis; under Output.
        UnitOfAnalysis = "unit-of-analysis",
        /// Shared data.
        SharedData = "shared-data",
        /// Sources.
        Sources = "sources",
    }
}

impl CriterionId {
    /// The seven rows of the Matrix.
    pub const ROWS: &'static [CriterionId] = &[
        Self::Definition,
        Self::SubCategories,
        Self::Methods,
        Self::Examples,
        Self::Output,
        Self::SharedData,
        Self::Sources,
    ];

    /// Whether what a source states here may not be changed by anybody (Annex 1, 1 and 5).
    pub const fn locked(self) -> bool {
        matches!(
            self,
            Self::Definition | Self::Output | Self::DecisionData | Self::UnitOfAnalysis
        )
    }
}

closed_set! {
    /// One of the four steps of the PIM Process.
    StepId, "step" {
        /// Assess Information Landscape.
        Assess = "assess",
        /// Design IM Systems.
        Design = "design",
        /// Implement IM Systems.
        Implement = "implement",
        /// Evaluate Impact.
        Evaluate = "evaluate",
    }
}

closed_set! {
    /// One of the twelve sub-steps of the PIM Process, in the order of the 2018 quick reference.
    SubStepId, "sub-step" {
        /// Define purpose and information needs.
        DefinePurpose = "define-purpose-and-information-needs",
        /// Data and information review.
        DataReview = "data-and-information-review",
        /// Design with affected communities.
        DesignWithCommunities = "design-with-affected-communities",
        /// Establish information sharing networks.
        SharingNetworks = "establish-information-sharing-networks",
        /// Develop IM system.
        DevelopSystem = "develop-im-system",
        /// Collect data.
        CollectData = "collect-data",
        /// Store and maintain.
        Store = "store-and-maintain",
        /// Process and analyze.
        Analyze = "process-and-analyze",
        /// Disseminate and share.
        Disseminate = "disseminate-and-share",
        /// Review protection impacts.
        ReviewImpacts = "review-protection-impacts",
        /// Review IM system.
        ReviewSystem = "review-im-system",
        /// Review information-sharing.
        ReviewSharing = "review-information-sharing",
    }
}

impl SubStepId {
    /// The step that this sub-step falls under.
    pub const fn of_step(self) -> StepId {
        match self {
            Self::DefinePurpose | Self::DataReview => StepId::Assess,
            Self::DesignWithCommunities | Self::SharingNetworks | Self::DevelopSystem => {
                StepId::Design
            }
            Self::CollectData | Self::Store | Self::Analyze | Self::Disseminate => {
                StepId::Implement
            }
            Self::ReviewImpacts | Self::ReviewSystem | Self::ReviewSharing => StepId::Evaluate,
        }
    }
}

closed_set! {
    /// One of the eight PIM Principles, in the order of 2015 and 2018.
    PrincipleId, "principle" {
        /// People-centred and inclusive.
        PeopleCentred = "people-centred-and-inclusive",
        /// Do no harm.
        DoNoHarm = "do-no-harm",
        /// Defined purpose.
        DefinedPurpose = "defined-purpose",
        /// Informed consent and confidentiality.
        InformedConsent = "informed-consent-and-confidentiality",
        /// Data (responsibility,) protection and security.
        DataProtection = "data-protection-and-security",
        /// Competency and capacity.
        Competency = "competency-and-capacity",
        /// Impartiality.
        Impartiality = "impartiality",
        /// Coordination and collaboration.
        Coordination = "coordination-and-collaboration",
    }
}

/// Where in the Process a Principle in Action applies: at a sub-step, or at the
/// Evaluate step as a whole, which the draft of 2016 does not divide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// At one of the nine sub-steps that the draft names (or one of the three it does not).
    At(SubStepId),
    /// At the step Evaluate Impact.
    Evaluate,
}

impl Stage {
    /// The stages that the Principles in Action are written for, in Process order.
    pub const ALL: &'static [Stage] = &[
        Stage::At(SubStepId::DefinePurpose),
        Stage::At(SubStepId::DataReview),
        Stage::At(SubStepId::DesignWithCommunities),
        Stage::At(SubStepId::SharingNetworks),
        Stage::At(SubStepId::DevelopSystem),
        Stage::At(SubStepId::CollectData),
        Stage::At(SubStepId::Store),
        Stage::At(SubStepId::Analyze),
        Stage::At(SubStepId::Disseminate),
        Stage::Evaluate,
    ];

    /// The slug that stands in addresses and files.
    pub const fn slug(self) -> &'static str {
        match self {
            Stage::At(sub_step) => sub_step.slug(),
            Stage::Evaluate => "evaluate",
        }
    }

    /// The stage with this slug.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|stage| stage.slug() == slug)
    }

    /// The stage at which to read the Principles in Action for a sub-step.
    pub fn for_sub_step(sub_step: SubStepId) -> Self {
        if sub_step.of_step() == StepId::Evaluate {
            Stage::Evaluate
        } else {
            Stage::At(sub_step)
        }
    }

    /// Its place in [`Self::ALL`].
    pub fn index(self) -> usize {
        Self::ALL
            .iter()
            .position(|stage| *stage == self)
            .unwrap_or_default()
    }
}

/// Whether a text may name a thing: small letters, digits and single hyphens.
pub fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 80
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--")
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
