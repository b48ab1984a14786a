import { expect, it } from "vitest";
import { loadResources } from "../../../analyzers/post/index.ts";
import { read } from "../../../analyzers/post/doc.ts";
import { tags } from "../../../analyzers/post/tags.ts";

const resources = loadResources([]);

it.each([
  ["#云帆  回应# #云帆 回应#", ["云帆 回应"]],
  ["#云帆回应超话# #云帆回应[超话]# #云帆回应#", ["云帆回应"]],
  ["#超话# #甲超话#", ["超话", "甲"]],
  ["#iPhone# #iphone#", ["iPhone", "iphone"]], // letter case is folded over all texts, where the usual form is known
])("hashtags of %s", (text, expected) => {
  expect(tags(read(text, resources))).toEqual(expected);
});
