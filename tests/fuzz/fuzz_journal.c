/* Bytes as the journal of a run: read whole, and its head. It is a file, so it is written as one. */
#include "fuzzkit.h"

#include "journal.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char place[] = "/tmp/kk-fuzz-journal-XXXXXX";

static void tidy(void)
{
    (void)unlink(place);
}

static void write_file(kk_str bytes)
{
    static bool made;
    if (!made) {
        const int fd = mkstemp(place);
        fuzz_law(fd >= 0, "a file of our own");
        (void)close(fd);
        (void)atexit(tidy);
        made = true;
    }
    FILE *f = fopen(place, "wb");
    fuzz_law(f != NULL, "it can be written");
    fuzz_law(fwrite(bytes.ptr, 1, bytes.len, f) == bytes.len, "all of it");
    fuzz_law(fclose(f) == 0, "closed");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input in = fuzz_begin(data, size);
    kk_error err = {.status = KK_OK};
    kk_journal *journal = NULL;
    kk_journal_info info = KK_INIT(kk_journal_info);
    write_file(in.bytes);
    kk_status s = kk_journal_read(&journal, place, &err);
    fuzz_status(s, &err);
    fuzz_law((s == KK_OK) == (journal != NULL), "a journal, or an error");
    if (journal != NULL) {
        for (size_t i = 0; i < journal->entries.n; i++) {
            const kk_journal_entry *e = &journal->entries.items[i];
            fuzz_law(kk_journal_find(journal, e->source.ptr) == e, "each file once");
        }
    }
    kk_journal_free(journal);
    err = (kk_error){.status = KK_OK};
    s = kk_journal_read_info(place, &info, &err);
    fuzz_status(s, &err);
    fuzz_end();
    return 0;
}
