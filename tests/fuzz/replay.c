/* A main for targets without libFuzzer: runs every file named, and every file of the folders named.
 * For ctest with any compiler, and for AFL++ (afl-fuzz ... -- fuzz_x @@). Ends by a signal or a
 * sanitizer's report when an input breaks something. */
#include "fuzzkit.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static unsigned long n_inputs;

static int run_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        perror(path);
        return 1;
    }
    uint8_t *bytes = NULL;
    size_t len = 0;
    size_t room = 0;
    size_t n = 1;
    while (n > 0) {
        if (len == room) {
            room = room * 2 + 65536;
            uint8_t *more = realloc(bytes, room);
            if (more == NULL) {
                break;
            }
            bytes = more;
        }
        n = fread(bytes + len, 1, room - len, f);
        len += n;
    }
    (void)fclose(f);
    /* In a block of its own size, so that a read past the end is seen. */
    uint8_t *tight = realloc(bytes, len > 0 ? len : 1);
    bytes = tight != NULL ? tight : bytes;
    (void)LLVMFuzzerTestOneInput(bytes, len);
    free(bytes);
    n_inputs++;
    return 0;
}

static int run_path(const char *path)
{
    struct stat info;
    if (stat(path, &info) != 0) {
        perror(path);
        return 1;
    }
    if (!S_ISDIR(info.st_mode)) {
        return run_file(path);
    }
    struct dirent **names = NULL;
    const int n = scandir(path, &names, NULL, alphasort);
    int failed = n < 0;
    for (int i = 0; i < n; i++) {
        char full[4096];
        const int len = snprintf(full, sizeof full, "%s/%s", path, names[i]->d_name);
        if (names[i]->d_name[0] != '.' && len > 0 && (size_t)len < sizeof full) {
            failed |= run_path(full);
        }
        free(names[i]);
    }
    free(names);
    return failed;
}

int main(int argc, char **argv)
{
    int failed = 0;
    for (int i = 1; i < argc; i++) {
        failed |= run_path(argv[i]);
    }
    printf("%lu inputs\n", n_inputs);
    return failed != 0 || n_inputs == 0 ? 1 : 0;
}
