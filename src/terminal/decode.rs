//! stub
/// r
pub enum Report {
    /// m
    Mode {
        /// m
        mode: u16,
        /// s
        state: u8,
    },
}
/// d
pub struct Decoded;
/// d
pub struct Decoder;
