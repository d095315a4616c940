/**
 * One JSON request, one JSON reply: the whole contract between the page and the core (core/api/).
 * `api` is the version of this contract. Ranges are offsets in UTF-16 code units of the file's text,
 * so that the editor can use them as they are; lines and columns count from 1.
 */
export const API_VERSION = 1;

export interface SourceFile { name: string; text: string }
export interface Range { file: number; from: number; to: number; line: number; column: number; endLine: number; endColumn: number }

/** The lab's case.json; see tests/reality/README.md. */
export type Scenario = Record<string, unknown>;
export interface ScenarioRequest { method?: string; path?: string; query?: Record<string, unknown>; headers?: Record<string, string>; json?: unknown; body?: string }

export type Request =
  /** Everything the page needs after a keystroke: diagnostics, findings, the matrix. */
  | { api: 1; do: 'analyse'; files: SourceFile[]; scenario?: Scenario; seed?: number }
  /** One cell in full: the trace of one world (all requests in order; `request` selects whose events are marked). */
  | { api: 1; do: 'play'; files: SourceFile[]; scenario?: Scenario; world: string; seed?: number }
  | { api: 1; do: 'check' | 'parse'; files: SourceFile[] }
  /** All worlds and requests as the lab records them. */
  | { api: 1; do: 'outcomes'; files: SourceFile[]; scenario: Scenario; world?: string; seed?: number }
  /** The scenario that is made up from the code when none is given. */
  | { api: 1; do: 'scenario'; files: SourceFile[] }
  | { api: 1; do: 'lesson'; lesson: LessonDefinition; files: SourceFile[] }
  | { api: 1; do: 'worlds' | 'rules' | 'libraries' | 'version' };

export interface Failure { api: 1; ok: false; error: { code: string; message: string; where?: string } }

export interface Diagnostic { severity: 'error' | 'warning' | 'note'; code: string; message: string; range: Range }
export interface NotModelled { what: string; count: number; range: Range | null }

export interface Edit { range: Range; text: string }
export interface Fix { title: string; edits: Edit[] }
export interface Finding {
  rule: string; name: string; category: 'Encryption' | 'Data Exposure'; cwe: number; owaspApi2023: string[];
  severity: 'low' | 'medium' | 'high' | 'critical'; message: string; range: Range;
  related: { label: string; range: Range }[]; conditions: { text: string; range: Range }[];
  fixes: Fix[]; noFixReason?: string; function: string;
}

/** `not-modelled`: the run used something the core does not know, so no verdict is given. */
export type Verdict = 'safe' | 'failed' | 'blocked' | 'compromised' | 'not-modelled';
export interface World { name: string; rung: number; title: string; description: string }
export interface Cell { world: string; verdict: Verdict; leaked: string[]; forgedResponseUsed: boolean; status: number | null; summary: string }
export interface MatrixRow { request: number; label: string; method: string; path: string; range: Range | null; cells: Cell[] }
export interface Headline {
  /** null: no attacker of the ladder wins. */
  world: string | null; request: number | null; text: string; detail: string; leaked: string[];
  tone: 'safe' | 'warning' | 'attack' | 'unknown';
}
export interface Call { id: number; library: string; callable: string; method: string; url: string; range: Range; trusts: { name: string; value: string; why: string; range: Range | null }[] }

export interface AnalyseReply {
  api: 1; ok: true; diagnostics: Diagnostic[]; findings: Finding[]; notModelled: NotModelled[];
  worlds: World[]; rows: MatrixRow[]; headline: Headline; calls: Call[];
  /** What was assumed to make a scenario, if none was given. */
  assumptions: string[]; scenario: Scenario;
}

export type Actor = 'caller' | 'app' | 'resolver' | 'authority' | 'attacker' | 'upstream' | 'nobody';
export interface TraceEvent {
  number: number; timeUs: number; kind: string; from: Actor; to: Actor; sentence: string;
  fields: Record<string, string>; bytes?: string /* base64 */; hostile: boolean; call: number; range: Range | null;
  /** Index into outcomes: the phase (start-up, request, shutdown) it belongs to. */
  outcome: number;
}
/** As in the lab's recordings (snake_case on purpose: it is their format). */
export interface Outcome {
  world: string; request: ScenarioRequest | 'startup' | 'shutdown';
  response?: { status: number | null; json?: unknown; text?: string; headers?: Record<string, string>; exception?: ExceptionRecord; broken?: string; note?: string };
  app_failed?: unknown[]; lookups: { name: string; type: string; answer: string[] | string }[];
  connections: Record<string, unknown>[]; exceptions_seen: (ExceptionRecord & { function: string })[];
  verdict: Verdict; forged_response_used: boolean; leaked: string[];
}
export interface ExceptionRecord { class: string; message: string; cause?: ExceptionRecord; group?: ExceptionRecord[] }

export interface PlayReply {
  api: 1; ok: true; world: World; events: TraceEvent[]; sha256: string; outcomes: Outcome[]; notModelled: NotModelled[]; output: string;
  /** Per outcome: what the attacker received, secrets marked. */
  attackerGot: { outcome: number; lines: { label: string; text: string; secret: boolean }[] }[];
}

/** lessons/NNN-name/lesson.json plus its texts; see lessons/README.md. */
export interface LessonDefinition { scenario: Scenario; goal: GoalNode; [key: string]: unknown }
export type GoalNode =
  | { all: GoalNode[] } | { any: GoalNode[] } | { not: GoalNode }
  | { id: string; text: string; finding: { rule?: string; category?: string; function?: string; min?: number; max?: number } }
  | { id: string; text: string; outcome: { world: string; request?: number; verdict?: Verdict | Verdict[]; status?: number; leaked?: string[] | 'none'; forged?: boolean } }
  | { id: string; text: string; event: { world: string; kind: string; min?: number; max?: number; fields?: Record<string, string> } }
  | { id: string; text: string; same_behaviour: { world: string } }
  | { id: string; text: string; no_suppression: true };
export interface LessonReply { api: 1; ok: true; passed: boolean; atoms: { id: string; text: string; passed: boolean; detail: string }[]; analysis: AnalyseReply }

export type Reply = AnalyseReply | PlayReply | LessonReply | Failure | { api: 1; ok: true; [key: string]: unknown };
