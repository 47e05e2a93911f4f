//! What everybody in the room shares.
//!
//! Owns the state that all seats of one program see. Knows neither terminal, file
//! system, clock nor network. Today that is the content that is read.

use std::sync::{Arc, OnceLock};

use crate::app::titles::Titles;
use crate::content::Content;

/// The shared state.
#[derive(Clone, Debug)]
pub struct Room {
    /// The framework that is read here.
    pub content: Arc<Content>,
    titles: OnceLock<Arc<Titles>>,
}

impl Room {
    /// A room in which a content is read.
    pub fn new(content: Content) -> Self {
        Self {
            content: Arc::new(content),
            titles: OnceLock::new(),
        }
    }

    /// Everything that one can go to; made when it is first asked for, after the first paint.
    pub fn titles(&self) -> &Titles {
        self.titles
            .get_or_init(|| Arc::new(Titles::of(&self.content)))
    }
}
