// What is said when no ballot can be made. The names are for programs: a page puts a sentence in the voter's language to each.

/** Why there is no ballot. */
export type Code =
  /** More bytes than an election may have. */
  | "ELECTION_TOO_LARGE"
  /** Not UTF-8, not JSON, or not an object. */
  | "ELECTION_JSON"
  /** A field stands twice in one object: two readers could understand different elections. */
  | "ELECTION_FIELD_TWICE"
  /** A version other than 1. */
  | "ELECTION_VERSION"
  /** A group that is not spoken here. */
  | "ELECTION_GROUP"
  /** A uuid that is none. */
  | "ELECTION_UUID"
  /** The key is no element of the group, or the element under which everybody reads everything. */
  | "ELECTION_KEY"
  /** No questions, or too many members of proofs. */
  | "ELECTION_QUESTIONS"
  /** A question that is not whole. */
  | "QUESTION"
  /** A question whose votes are not added up under encryption. */
  | "QUESTION_KIND"
  /** Not 15 signs of the alphabet, with or without dashes. */
  | "CREDENTIAL_FORM"
  /** A sign was mistyped. */
  | "CREDENTIAL_CHECKSUM"
  /** The list of public credentials is not one. */
  | "CREDENTIALS_LIST"
  /** The list is there and this credential is not in it. */
  | "CREDENTIAL_NOT_LISTED"
  /** Not one list of noughts and ones per question, with one place per answer (and one in front where blank is allowed). */
  | "CHOICES_FORM"
  /** Fewer answers than the question asks for. */
  | "CHOICES_TOO_FEW"
  /** More answers than the question allows. */
  | "CHOICES_TOO_MANY"
  /** Blank and an answer at once. */
  | "CHOICES_BLANK"
  /** The request itself is not one. */
  | "REQUEST"
  /** The system gave no random numbers. */
  | "RANDOM"
  /** Something that should not happen; nothing is said about it, since it could say too much. */
  | "FAULT";

/** No ballot, and why; `question` counts from 0. Never holds anything of the credential or of the choices. */
export class Refused extends Error {
  constructor(
    readonly code: Code,
    readonly question?: number,
  ) {
    super(code);
  }
}
