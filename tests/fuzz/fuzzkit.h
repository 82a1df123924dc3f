/* What all fuzz targets share: the head of an input, the bank, packages with one part exchanged, and
 * how a broken law is told. A target is one file with LLVMFuzzerTestOneInput; libFuzzer drives it,
 * or replay.c (plain compilers, AFL++). */
#ifndef KK_FUZZKIT_H
#define KK_FUZZKIT_H

#include "buf.h"

#include <klimakrav/klimakrav.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An input that begins with byte 01 has a head of four bytes: 01, options, and the number (16 bits,
 * little-endian, 0 = none) of the allocation that fails. All others are content alone, so that a file
 * as it came can be an input: no format of ours begins with 01. */
typedef struct fuzz_input {
    kk_str bytes;     /* content, borrowed from data */
    unsigned options; /* each target says what the bits mean */
} fuzz_input;

/* Reads the head and arms the failing allocation; the target calls fuzz_end in all cases. What a
 * target keeps for all inputs must be there before. */
fuzz_input fuzz_begin(const uint8_t *data, size_t size);
void fuzz_end(void);

/* The bank of the build, loaded at the first call; and an auditor with it. Never NULL: ends the
 * program without them. */
const kk_bank *fuzz_bank(void);
kk_auditor *fuzz_auditor(void);
/* Holds a status against its error: same code, a message, no control characters in it; *out-like
 * pointers are the target's to check. */
void fuzz_status(kk_status status, const kk_error *err);
/* Ends the program with the words of the law unless it holds. */
void fuzz_law(bool holds, const char *law);
/* A file of the source tree ("fixtures/templates/x.docx"), read once and kept; ends the program
 * when it is not there. */
kk_str fuzz_file(const char *relative);
/* Appends `package` with the content of its entry `part` exchanged. */
kk_status fuzz_exchange(kk_str package, const char *part, kk_str bytes, kk_buf *out);
/* Opens, prints, audits and reports a document in the ways that options choose: bit 0 HTML else
 * JSON, bit 1 nynorsk, bit 2 comments, bit 3 release, bit 4 withdraw, bit 5 insert, bit 6
 * the laws of the model instead of all that. */
void fuzz_document(kk_str package, unsigned options);

#endif
