import { escaped, namespaces } from "./xml.ts";

/** What the text refers to outside itself: pictures and links, each under a relationship id, and one numbering for each ordered list. */
export class References {
  readonly relations: string[] = [];
  readonly media: (readonly [name: string, bytes: Uint8Array])[] = [];
  /** Ordered lists so far: each counts from 1. */
  ordered = 0;
  private readonly links = new Map<string, string>();
  private readonly prefix: string;
  private next = 0;

  /** `prefix` keeps the ids apart from those of a template. */
  constructor(prefix: string) {
    this.prefix = prefix;
  }

  picture(png: Uint8Array): string {
    const name = `media/${this.prefix}${this.media.length + 1}.png`;
    this.media.push([`word/${name}`, png]);
    return this.relate("image", name, false);
  }

  link(address: string): string {
    const known = this.links.get(address);
    if (known !== undefined) return known;
    const id = this.relate("hyperlink", address, true);
    this.links.set(address, id);
    return id;
  }

  private relate(type: string, target: string, external: boolean): string {
    const id = `${this.prefix}${++this.next}`;
    this.relations.push(`<Relationship Id="${id}" Type="${namespaces.office}/${type}" Target="${escaped(target)}"${external ? ' TargetMode="External"' : ""}/>`);
    return id;
  }
}
