//! Refusals of files, as problems.

use crate::api::problem::{Kind, Problem};
use crate::register::{FileRefusal, taken_in};

impl From<FileRefusal> for Problem {
    fn from(refusal: FileRefusal) -> Self {
        match refusal {
            FileRefusal::Empty => Self::new(Kind::InvalidField).at("", "empty", "le fichier est vide", "the file is empty"),
            FileRefusal::TooLarge(most) => {
                let mib = most / (1024 * 1024);
                Self::new(Kind::TooLarge).saying(format!("Un fichier fait au plus {mib} Mio."), format!("A file is at most {mib} MiB."))
            }
            FileRefusal::NotTakenIn(name) => {
                let all = taken_in().collect::<Vec<_>>().join(", ");
                Self::new(Kind::MediaType).saying(
                    format!("Un fichier {name} n'est pas reçu. Types reçus : {all}."),
                    format!("A file that is {name} is not taken in. Types that are: {all}."),
                )
            }
            FileRefusal::Unrecognised => Self::new(Kind::MediaType).saying(
                "Les premiers octets ne disent pas ce qu'est le fichier : dites-le par Content-Type.",
                "The first bytes do not tell what the file is: say it by Content-Type.",
            ),
            FileRefusal::TypeDiffers { said, found } => Self::new(Kind::TypeDiffers).saying(
                format!("Le fichier est annoncé comme {said}, et ses premiers octets sont de {found}."),
                format!("The file is said to be {said}, and its first bytes are {found}."),
            ),
            FileRefusal::DigestDiffers => Self::new(Kind::DigestDiffers),
            FileRefusal::BrokenOff => {
                Self::new(Kind::BadRequest).saying("Le fichier s'est interrompu avant sa fin.", "The file broke off before its end.")
            }
            FileRefusal::Sealed => Self::new(Kind::FilesSealed),
            FileRefusal::Damaged => Self::new(Kind::FileDamaged),
            FileRefusal::Restricted => Self::scope("restricted:read"),
            FileRefusal::Full(cause) => {
                tracing::error!(%cause, "no room left for files");
                Self::new(Kind::StorageFull)
            }
            FileRefusal::Unreachable(cause) => {
                tracing::error!(%cause, "the place for files cannot be used");
                Self::new(Kind::Unavailable)
            }
        }
    }
}
