import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import type { CityProblem } from './city-error.ts';

const FRONT_MATTER = /^---\n(.*?)\n---\n(.*)$/s;

/** Reads the files of one folder and notes what it cannot read, so that all of it can be told at once. */
export class CityFolder {
  readonly problems: CityProblem[] = [];
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** What a YAML file holds; undefined, with a problem noted, when it cannot be read. */
  async yaml(file: string): Promise<unknown> {
    const text = await this.#read(file);
    return text === undefined ? undefined : this.#parse(file, text);
  }

  /** What a JSON file holds: sooner read than as YAML, which counts for maps. */
  async json(file: string): Promise<unknown> {
    const text = await this.#read(file);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text);
    } catch (error) {
      this.note(file, '', error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  /** A Markdown file as the values between its `---` lines and the text below them. */
  async markdown(file: string): Promise<{ head: unknown; body: string } | undefined> {
    const text = await this.#read(file);
    if (text === undefined) return undefined;
    const [, head, body] = FRONT_MATTER.exec(text) ?? [];
    if (head !== undefined && body !== undefined) return { head: this.#parse(file, head), body: body.trim() };
    this.note(file, '', 'it must begin with values between two lines of ---');
    return undefined;
  }

  /** The lines of a text file that are neither empty nor a comment. */
  async lines(file: string): Promise<string[] | undefined> {
    const text = await this.#read(file);
    return text
      ?.split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('# '));
  }

  /** Names of the files of a sub-folder that end in `extension`, without it. */
  async names(subfolder: string, extension: string): Promise<string[]> {
    const names = await readdir(join(this.path, subfolder)).catch(() => []);
    return names
      .filter((name) => name.endsWith(extension))
      .map((name) => name.slice(0, -extension.length))
      .sort();
  }

  note(file: string, key: string, message: string): void {
    this.problems.push({ file, key, message });
  }

  async #read(file: string): Promise<string | undefined> {
    try {
      return (await readFile(join(this.path, file), 'utf8')).replace(/\r\n/g, '\n');
    } catch (error) {
      const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      this.note(file, '', missing ? 'the file is missing' : `the file cannot be read (${String(error)})`);
      return undefined;
    }
  }

  #parse(file: string, text: string): unknown {
    const document = parseDocument(text, { prettyErrors: false });
    for (const error of document.errors) {
      const row = text.slice(0, error.pos[0]).split('\n').length;
      this.note(file, '', `line ${row}: ${error.message}`);
    }
    return document.errors.length > 0 ? undefined : document.toJS();
  }
}
