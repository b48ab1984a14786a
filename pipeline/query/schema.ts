import { z } from "zod";
import { YuqingError } from "../errors.ts";
import { fold } from "./fold.ts";
import { parse } from "./parse.ts";
import { limits } from "./tree.ts";

const word = z.string().max(limits.word).refine((text) => fold(text) !== "", "at least one visible character");

const expression = z.string().superRefine((query, context) => {
  try {
    parse(query);
  } catch (cause) {
    if (!(cause instanceof YuqingError)) throw cause;
    const { where, got, expected, next } = cause.parts;
    context.addIssue({ code: "custom", message: `${where}: got ${got}, expected ${expected}; ${next!.en}` });
  }
});

/** `query` of event.yaml: words, any of them, each taken as it is; or an expression. */
export const querySchema = z.union([z.array(word).max(1000), expression], "a list of words, or an expression");
