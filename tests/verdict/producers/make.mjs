// The criteria table of make.py with the npm package docx.
// Usage: node make.mjs FOLDER_WITH_NODE_MODULES OUT.docx
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const [work, out] = process.argv.slice(2);
const d = createRequire(work + "/")("docx");

const cell = (text, rowSpan) =>
  new d.TableCell({
    rowSpan,
    children: [new d.Paragraph({ children: text.split(/(?<= )/).map((t) => new d.TextRun(t)) })],
  });
const row = (...cells) => new d.TableRow({ children: cells });

const table = new d.Table({
  rows: [
    new d.TableRow({
      tableHeader: true,
      children: ["Kriterium", "Underkriterium", "Vekt", "Dokumentasjon"].map((t) => cell(t)),
    }),
    row(cell("Pris"), cell(""), cell("60 %"), cell("Prisskjema")),
    row(cell("Kvalitet og miljø", 3), cell("Plan og bemanning"), cell("12 %"), cell("Plan på to sider")),
    row(cell("Klimagassutslipp fra kjøretøyene"), cell("20 %"), cell("Kjøretøyliste")),
    row(cell("Andel avfall til gjenvinning"), cell("8 %"), cell("Veiesedler")),
    row(cell("Sum"), cell(""), cell("100 %"), cell("")),
  ],
});

const document = new d.Document({
  sections: [
    {
      children: [
        new d.Paragraph({ text: "Tildelingskriterier", heading: d.HeadingLevel.HEADING_1 }),
        new d.Paragraph("Kontrakten tildeles etter disse kriteriene:"),
        table,
      ],
    },
  ],
});
writeFileSync(out, await d.Packer.toBuffer(document));
