/* Paths as words: canonical form (fileops.c asks the system for it), folders, patterns. Nothing here
 * opens a file. */
#ifndef KK_FILEPATH_H
#define KK_FILEPATH_H

#include "buf.h"

/* Appends the canonical absolute form (links followed). False when the path does not exist or
 * cannot be resolved; out is unchanged then. */
bool kk_path_real(const char *path, kk_buf *out);
/* "a/b.xml" -> "a", "b.xml" -> ".", "/x" -> "/". A view into path or a literal. */
kk_str kk_path_folder(kk_str path);
/* Appends path as seen from folder, which is canonical already or empty: "maler/a.docx" when it
 * lies below, its canonical form otherwise; as given (without "./" in front) when it does not
 * exist or folder is empty. */
void kk_path_seen_from(kk_str folder, const char *path, kk_buf *out);
/* Does s fit the pattern? "?" is one character, "*" any number of them but "/", "**" any number;
 * the rest stands for itself. A pattern that fits a folder above s fits too ("maler/it" takes
 * "maler/it/a.docx"). Bytewise. */
bool kk_path_fits(kk_str pattern, kk_str s);
/* The same for words that are no path: "*" is any number of any characters, no folders. */
bool kk_words_fit(kk_str pattern, kk_str s);

#endif
