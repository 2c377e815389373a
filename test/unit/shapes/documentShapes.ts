/** Documents that are prose as a whole, and the prose that they hold. */
import type { Shape } from './shapes.ts';

export const DOCUMENT_SHAPES: readonly Shape[] = [
  {
    name: 'a commit message in its box',
    language: 'scminput',
    text: 'Close the file\n\nIt was left\nopen.\n\nFixes: #12\nSigned-off-by: Jane Doe <jane@example.org>\nCo-authored-by: Bob <bob@example.org>\nCc: <stable@example.org>\nChange-Id: I0123456789abcdef\nNote: it is late.\n',
    prose: ['Close the file', 'It was left open.', 'Note: it is late.'],
  },
  {
    name: 'a commit message in an editor',
    language: 'git-commit',
    text: 'Close the file\n\nIt was left\nopen.\n# Please enter the commit message\n# for your changes.\n# ------------------------ >8 ------------------------\n# Do not modify the line above.\ndiff --git a/a b/a\n+a line of text\n',
    prose: ['Close the file', 'It was left open.'],
  },
  {
    name: 'TeX',
    language: 'latex',
    text: '\\section{Intro}\n% A remark\n% here.\nSome text is\nhere, 50\\% of it.\n\\begin{equation}\na = b\n\\end{equation}\n\\item One thing\n',
    prose: ['\\section{¦Intro', 'A remark here.', 'Some text is here, 50\\% of it.', '\\item ¦One thing'],
  },
  {
    name: 'TeX with comments behind its text',
    language: 'latex',
    text: 'The answer is sent. % it is fast\nIt is 50\\% of it.\nA line%\ngoes on, see \\url{http://a.b/%20c} and \\verb|%|\nhere. % the\n% end\n- An item\n% not of it\n\\usepackage{a} % with words\n',
    prose: [
      'The answer is sent.',
      'It is 50\\% of it. A line',
      'goes on, see \\url{http://a.b/%20c} and \\verb|%| here.',
      'end',
      '- ¦An item',
      'not of it',
    ],
  },
  {
    name: 'TeX with titles, labels and environments',
    language: 'latex',
    text: String.raw`\documentclass{article}
\title{A history of the server}
\begin{document}
\section*{The server and its \emph{clients}}\label{sec:server}
\chapter[Short]{The long title}
The text of the chapter.
\begin{frame}[fragile]{What the user sees}
\begin{Verbatim}[frame=single]
first open the file
\end{Verbatim}
\begin{comment}
nobody reads it
\end{comment}
\[
x = \text{all} y
\]
\begin{tabularx}{\textwidth}{ll}
first column & second \\
\end{tabularx}
\item[Name] The value of it.
\end{frame}
\begin{thebibliography}{9}
\bibitem{k} Jane Doe. A book.
\end{thebibliography}
\newcommand{\foo}[1]{the text of #1}
`,
    prose: [
      '\\title{¦A history of the server',
      '\\section*{¦The server and its \\emph{clients}',
      '\\chapter[Short]{¦The long title',
      'The text of the chapter.',
      '\\begin{frame}[fragile]{¦What the user sees',
      '\\item[Name] ¦The value of it.',
    ],
  },
  {
    name: 'TeX with code over several lines',
    language: 'latex',
    text: String.raw`\documentclass[11pt,
  a4paper]{article}
% The packages of it.
\hypersetup{
  pdftitle={The words of it},
}
\makeatletter some words
\title{A title}
\author{Jane Doe \and John Doe}
\begin{document}
Text that is read.
\newcommand{\user}[1]{%
  the user \textbf{#1}

  of it%
}
\includegraphics[width=1in,
  clip=true]{some picture}
More text.

\caption{It is
  over two lines.}
\newline
`,
    prose: ['The packages of it.', '\\title{¦A title', 'Text that is read.', 'More text.', '\\caption{It is over two lines.}'],
  },
  {
    name: 'a template',
    language: 'html',
    text: `{% if user %}
The user is known.
{%- endif -%} {# a remark here #}
The file is {{ file.name }} there.
{{#each files}}
Each of the files.
{{/each}}
{{- if .User }}
{% include
   "the other file" %}
{{ name }} is known.
<% files.each do |file| %>
Each file.
<% end %>
{% raw %}
not for people
{% endraw %}
{# a remark
   of two lines #}
`,
    prose: ['The user is known.', 'The file is {{ file.name }} there.', 'Each of the files.', '{{ name }} is known.', 'Each file.'],
  },
  {
    name: 'HTML with code in the middle of its lines',
    language: 'html',
    text: `<p>Text before.</p><style>a { color: red }</style>
<p>More text.</p>
<p>Text beside a script.</p><script>
  let words = "as good as text";
</script>
<p>Text <!-- not a <script> --> behind.</p>
<a><svg><path d="M0"/></svg> A picture</a>
`,
    prose: ['<p>¦Text before.', '<p>¦More text.', '<p>¦Text <!-- not a <script> --> behind.', '<a><svg><path d="M0"/></svg> A picture</a>'],
  },
  { name: 'an HTML comment', language: 'html', text: '<!-- Only a\n     comment. -->\n', prose: ['Only a comment.'] },
  {
    name: 'HTML',
    language: 'html',
    text: `<!-- A comment here -->
<div class="x">
  <p>Hello <b>world</b> and
  more text.</p>
  <ul>
    <li>First item</li>
  </ul>
  <input
    type="text"
  >
  <script>
    var x = 1;
  </script>
</div>
`,
    prose: ['<p>¦Hello <b>world</b> and more text.', '<li>¦First item'],
  },
  {
    name: 'Markdown',
    language: 'markdown',
    text: `---
title: Foo
---
# A heading

A paragraph that is
wrapped.
- item one
  continues
- [ ] item two
lazy too

1. Number one
   more

> quoted text
> goes on

\`\`\`js
code here

more code
\`\`\`

    indented code

| a | b |
|---|---|

Setext title
============

Hard break here  
next line.

[ref]: http://example.org
![img](x.png) text after.
<img src="x">
`,
    prose: [
      '# ¦A heading',
      'A paragraph that is wrapped.',
      '- ¦item one continues',
      '- [ ] ¦item two lazy too',
      '1. ¦Number one more',
      'quoted text goes on',
      'Setext title',
      'Hard break here',
      'next line.',
      '![img](x.png) text after.',
    ],
  },
];
