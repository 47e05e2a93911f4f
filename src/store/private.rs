//! Files that only their owner reads.
//!
//! Owns modes (0700 for folders, 0600 for files), wiping before removal, and making a
//! change of a folder last. On systems without such modes the folder of the user protects.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Makes a folder, and what is missing above it, that only its owner enters. One that is
/// there already may be anybody's and is left as it is.
pub(super) fn folder_if_missing(path: &Path) -> io::Result<()> {
    if path.is_dir() { Ok(()) } else { folder(path) }
}

/// The program's own folder: made if missing, and entered by its owner only.
pub(super) fn folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path)?;
    narrow(path, 0o700)
}

/// Takes from a file what others could do with it.
pub(super) fn file(path: &Path) -> io::Result<()> {
    narrow(path, 0o600)
}

#[cfg(unix)]
fn narrow(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let is = fs::metadata(path)?.permissions().mode() & 0o777;
    if is & !mode != 0 {
        fs::set_permissions(path, fs::Permissions::from_mode(mode))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn narrow(_path: &Path, _mode: u32) -> io::Result<()> {
    Ok(())
}

/// Overwrites a file with zeros and removes it.
pub(super) fn wipe(path: &Path) -> io::Result<()> {
    // A link is removed and what it leads to is left alone.
    if fs::symlink_metadata(path)?.is_file() {
        let mut file = OpenOptions::new().write(true).open(path)?;
        let zeros = [0_u8; 16 * 1024];
        let mut left = file.metadata()?.len();
        while left > 0 {
            let part = usize::try_from(left).unwrap_or(usize::MAX).min(zeros.len());
            file.write_all(zeros.get(..part).unwrap_or_default())?;
            left -= part as u64;
        }
        file.sync_all()?;
        file.set_len(0)?;
    }
    fs::remove_file(path)
}

/// Makes sure that names which were made or removed in a folder stay so.
pub(super) fn settle(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
