//! Names under which secrets are kept (§7 of the facts, and what its list misses: §21, 47).

/// Whole names of files.
const EXACT: [&str; 27] = [
    ".env",
    ".envrc",
    ".netrc",
    "_netrc",
    ".npmrc",
    ".yarnrc",
    ".pypirc",
    ".pgpass",
    ".my.cnf",
    ".htpasswd",
    ".git-credentials",
    ".vault-token",
    ".vault_pass",
    ".dockercfg",
    ".dockerconfigjson",
    ".s3cfg",
    ".boto",
    "credentials",
    "credentials.json",
    "id_rsa",
    "id_ed25519",
    "id_ecdsa",
    "id_dsa",
    "config",
    "known_hosts",
    "authorized_keys",
    "kubeconfig",
];
/// Endings of names.
const ENDINGS: [&str; 14] = [
    ".pem",
    ".key",
    ".p12",
    ".pfx",
    ".keystore",
    ".jks",
    ".asc",
    ".gpg",
    ".ppk",
    ".kdbx",
    ".p8",
    ".der",
    ".age",
    ".tfstate",
];
/// Parts of names.
const PARTS: [&str; 5] = ["_token", "_secret", "_apikey", "_api_key", ".env."];
/// Words of names, between anything that is no letter and no digit.
const WORDS: [&str; 13] = [
    "secret",
    "secrets",
    "password",
    "passwords",
    "passwd",
    "passphrase",
    "credential",
    "credentials",
    "apikey",
    "apikeys",
    "htpasswd",
    "privatekey",
    "keyring",
];
/// Folders in which everything is one.
const FOLDERS: [&str; 5] = [".ssh", ".aws", ".gnupg", ".docker", ".kube"];
/// Endings of names of files that show what a secret would look like.
const SHOWN: [&str; 4] = [".example", ".template", ".sample", ".dist"];

/// What the name of a file looks like, if it looks like that of a secret. The name has folders in it, divided by `/`.
pub(crate) fn in_name(name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    let mut steps = lower.split('/').rev();
    let file = steps.next().unwrap_or_default();
    if steps.any(|folder| FOLDERS.contains(&folder)) {
        return Some("it is in a folder of keys");
    }
    if SHOWN.iter().any(|ending| file.ends_with(ending)) {
        return None;
    }
    let looks = EXACT.contains(&file)
        || file.starts_with(".env.")
        || ENDINGS.iter().any(|ending| file.ends_with(ending))
        || PARTS.iter().any(|part| file.contains(part))
        || file.split(|letter: char| !letter.is_alphanumeric()).any(|word| WORDS.contains(&word));
    looks.then_some("its name is one under which secrets are kept")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_are_known() {
        for (name, secret) in [
            (".env", true),
            ("a/.ENV", true),
            (".env.local", true),
            ("prod.env.bak", true),
            (".env.example", false),
            (".envrc", true),
            ("secrets.yaml", true),
            ("db_password.txt", true),
            ("Passwords.md", true),
            ("github_token", true),
            ("my_secret_plan.md", true),
            ("x_api_key.txt", true),
            ("server.pem", true),
            ("server.key", true),
            ("server.key.sample", false),
            ("id_rsa", true),
            ("id_rsa.pub", false),
            (".ssh/notes.md", true),
            ("home/.aws/credentials.sample", true),
            ("credentials.json", true),
            ("config", true),
            ("config.toml", false),
            ("docs/keynote.md", false),
            ("tokens.md", false),
            ("secretary.md", false),
            ("data/river.json", false),
            ("environment.md", false),
            ("monkey.md", false),
        ] {
            assert_eq!(in_name(name).is_some(), secret, "{name}");
        }
    }
}
