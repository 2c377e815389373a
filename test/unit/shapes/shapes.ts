/** Real shapes of comments, docstrings and documents, and the prose that they hold. */
import { COMMENT_SHAPES } from './commentShapes.ts';
import { CONTAINER_SHAPES } from './containerShapes.ts';
import { DOCSTRING_SHAPES } from './docstringShapes.ts';
import { DOCUMENT_SHAPES } from './documentShapes.ts';
import { DOCUMENTATION_SHAPES } from './documentationShapes.ts';
import { TABLE_SHAPES } from './tableShapes.ts';
import { TAG_SHAPES } from './tagShapes.ts';

export interface Shape {
  readonly name: string;
  readonly language: string;
  readonly text: string;
  /** Lead, "¦", text. */
  readonly prose: readonly string[];
}

export const SHAPES: readonly Shape[] = [
  ...DOCSTRING_SHAPES,
  ...DOCUMENTATION_SHAPES,
  ...COMMENT_SHAPES,
  ...CONTAINER_SHAPES,
  ...DOCUMENT_SHAPES,
  ...TABLE_SHAPES,
  ...TAG_SHAPES,
];
