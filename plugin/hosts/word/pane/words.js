// The words of the task pane beside those of the page (texts.js).
import { KK_W } from "./texts.js";

KK_W("pane_title", "Klimakrav", "Klimakrav", "Climate requirements");
KK_W("pane_lead", "Kontrollerer dokumentet som er åpent. Ingenting sendes ut av Word.", "Kontrollerer dokumentet som er ope. Ingenting blir sendt ut av Word.", "Checks the open document. Nothing is sent out of Word.");
KK_W("pane_check", "Kontroller dokumentet", "Kontroller dokumentet", "Check the document");
KK_W("pane_gate", "Klar til kunngjøring?", "Klar til kunngjering?", "Ready to publish?");
KK_W("pane_comment", "Kommenter funnene", "Kommenter funna", "Comment on the findings");
KK_W("pane_insert", "Sett inn som sporede endringer", "Set inn som spora endringar", "Insert as tracked changes");
KK_W("pane_actions", "Handlinger", "Handlingar", "Actions");
KK_W("pane_checking", "Kontrollerer …", "Kontrollerer …", "Checking …");
KK_W("pane_checked", "Kontrollert: {0} funn", "Kontrollert: {0} funn", "Checked: {0} findings");
KK_W("pane_inserted", "Satt inn: {0} klausuler, {1} avsnitt. Les dem i dokumentet, og godta eller avvis.", "Sett inn: {0} klausular, {1} avsnitt. Les dei i dokumentet, og godta eller avvis.", "Inserted: {0} clauses, {1} paragraphs. Read them in the document, then accept or reject.");
KK_W("pane_commented", "{0} kommentarer er satt inn", "{0} kommentarar er sette inn", "{0} comments are in place");
KK_W("pane_shown", "Vist i dokumentet", "Vist i dokumentet", "Shown in the document");
KK_W("pane_nowhere", "Funnet gjelder hele dokumentet, eller stedet finnes ikke lenger. Kontroller på nytt.", "Funnet gjeld heile dokumentet, eller staden finst ikkje lenger. Kontroller på nytt.", "The finding is about the whole document, or its place is gone. Check again.");
KK_W("pane_ready", "Klar: ingen feil etter reglene", "Klar: ingen feil etter reglane", "Ready: no errors by the rules");
KK_W("pane_not_ready", "Ikke klar: rett feilene nedenfor først", "Ikkje klar: rett feila nedanfor først", "Not ready: mend the errors below first");
KK_W("pane_unknown", "Dette kunne ikke leses ut av dokumentet", "Dette kunne ikkje lesast ut av dokumentet", "This could not be read from the document");
KK_W("pane_settings", "Innstillinger", "Innstillingar", "Settings");
KK_W("pane_fault_file", "Word ga oss ikke dokumentet. Er det lukket, eller lagres det nå? Åpne det og prøv igjen. ({0})", "Word gav oss ikkje dokumentet. Er det lukka, eller blir det lagra no? Opne det og prøv igjen. ({0})", "Word did not hand over the document. Is it closed, or being saved? Open it and try again. ({0})");
KK_W("pane_fault_protected", "Dokumentet er skrivebeskyttet. Slå av beskyttelsen (Se gjennom, Begrens redigering) eller åpne en kopi. Ingenting er endret.", "Dokumentet er skriveverna. Slå av vernet (Sjå gjennom, Avgrens redigering) eller opne ein kopi. Ingenting er endra.", "The document is protected. Stop the protection (Review, Restrict Editing) or open a copy. Nothing is changed.");
KK_W("pane_fault_place", "Vi fant ikke igjen stedet i Word: «{0}». Kontroller på nytt. Ingenting er endret.", "Vi fann ikkje att staden i Word: «{0}». Kontroller på nytt. Ingenting er endra.", "The place was not found again in Word: “{0}”. Check again. Nothing is changed.");
KK_W("pane_fault_table", "Tabellen har sammenslåtte celler som Word ikke lar oss utvide: «{0}». Bruk nettsiden eller kommandolinjen for denne. Ingenting er endret.", "Tabellen har samanslåtte celler som Word ikkje lèt oss utvide: «{0}». Bruk nettsida eller kommandolinja for denne. Ingenting er endra.", "The table has merged cells that Word does not let us extend: “{0}”. Use the web page or the command line for this one. Nothing is changed.");
KK_W("pane_fault_changes", "Endringene er mer enn ny tekst, og kan ikke gjøres herfra. Bruk nettsiden eller kommandolinjen. Ingenting er endret.", "Endringane er meir enn ny tekst, og kan ikkje gjerast herifrå. Bruk nettsida eller kommandolinja. Ingenting er endra.", "The changes are more than new text and cannot be made from here. Use the web page or the command line. Nothing is changed.");
KK_W("pane_fault_word", "Word stoppet: {0}. Er noe satt inn, kan du angre (Ctrl+Z).", "Word stoppa: {0}. Er noko sett inn, kan du angre (Ctrl+Z).", "Word stopped: {0}. If anything was inserted, undo it (Ctrl+Z).");
KK_W("pane_fault_host", "Dette panelet hører hjemme i Word. Nettsiden til klimakrav gjør det samme med filer.", "Dette panelet høyrer heime i Word. Nettsida til klimakrav gjer det same med filer.", "This pane belongs in Word. The klimakrav web page does the same with files.");
KK_W("pane_fault_old", "Denne utgaven av Word er for gammel til å sette inn og kommentere (den trenger {0}). Kontrollen virker.", "Denne utgåva av Word er for gammal til å setje inn og kommentere (ho treng {0}). Kontrollen verkar.", "This Word is too old for inserting and commenting (it needs {0}). The check works.");
KK_W("pane_fault_unreadable", "Dokumentet kunne ikke leses: {0}", "Dokumentet kunne ikkje lesast: {0}", "The document could not be read: {0}");
