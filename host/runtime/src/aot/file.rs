//! Files that belong to this user alone, written once.

use std::{
    fs::{self, File, Metadata},
    io::{self, Read as _, Write as _},
    path::Path,
};

/// Make a folder that nobody else can look into; one that others could look into is closed to them.
pub(crate) fn make_private_folder(folder: &Path) -> io::Result<()> {
    if let Some(parent) = folder.parent() {
        fs::create_dir_all(parent)?;
    }
    system::make_folder(folder)?;
    check_private_folder(folder)
}

/// Whether a folder is this user's alone.
pub(crate) fn check_private_folder(folder: &Path) -> io::Result<()> {
    // Not through a link, which could lead anywhere.
    let metadata = fs::symlink_metadata(folder)?;
    if metadata.is_dir() {
        system::check_private(&metadata)
    } else {
        Err(io::Error::other("it is no folder"))
    }
}

/// Open a file that is this user's alone.
pub(crate) fn open_private(path: &Path) -> io::Result<(File, Metadata)> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    system::check_private(&metadata)?;
    Ok((file, metadata))
}

/// Everything in a file of this length.
pub(crate) fn read(file: File, bytes: u64) -> io::Result<Vec<u8>> {
    let mut content = Vec::with_capacity(usize::try_from(bytes).unwrap_or_default());
    file.take(bytes).read_to_end(&mut content)?;
    Ok(content)
}

/// What tells a file from every copy of it.
pub(crate) fn identity(metadata: &Metadata) -> io::Result<String> {
    system::identity(metadata)
}

/// Write a file as a whole: under another name first, then renamed. No fsync: what a power cut damages is noticed and made again.
pub(crate) fn write(path: &Path, prefix: &str, bytes: &[u8]) -> io::Result<File> {
    let folder = path.parent().ok_or_else(|| io::Error::other("it has no folder"))?;
    // Made with mode 0600.
    let mut aside = tempfile::Builder::new().prefix(prefix).suffix(".tmp").tempfile_in(folder)?;
    aside.write_all(bytes)?;
    Ok(aside.persist(path)?)
}

#[cfg(unix)]
mod system {
    use std::{
        fs::{self, DirBuilder, Metadata, Permissions},
        io,
        os::unix::fs::{DirBuilderExt as _, MetadataExt as _, PermissionsExt as _},
        path::Path,
    };

    const OURS_ALONE: u32 = 0o700;

    pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
        match DirBuilder::new().mode(OURS_ALONE).create(folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => return made,
        }
        let metadata = fs::symlink_metadata(folder)?;
        if metadata.is_dir() && metadata.mode() & 0o077 != 0 {
            fs::set_permissions(folder, Permissions::from_mode(OURS_ALONE))?;
        }
        Ok(())
    }

    pub(super) fn check_private(metadata: &Metadata) -> io::Result<()> {
        if metadata.uid() != rustix::process::geteuid().as_raw() {
            return Err(io::Error::other("it belongs to somebody else"));
        }
        if metadata.mode() & 0o077 != 0 {
            return Err(io::Error::other("others may use it"));
        }
        Ok(())
    }

    pub(super) fn identity(metadata: &Metadata) -> io::Result<String> {
        let (device, inode, bytes) = (metadata.dev(), metadata.ino(), metadata.len());
        Ok(format!("{device} {inode} {bytes} {}.{:09}", metadata.ctime(), metadata.ctime_nsec()))
    }
}

#[cfg(not(unix))]
mod system {
    use std::{fs::Metadata, io, path::Path};

    pub(super) fn make_folder(_: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(super) fn check_private(_: &Metadata) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(super) fn identity(_: &Metadata) -> io::Result<String> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
