/* Windows: files dropped on the icon of the program are audited, and the report is shown in the
 * browser. Knows the words of the command line, and nothing of documents. */
#include "dropped_win.h"

#include "system.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <windows.h>

#include <shellapi.h>

#define REPORT "klimakrav-rapport.html"

static char *report; /* path, when files were dropped */

/* The window was made for us alone, hence closes with us. */
static bool own_window(void)
{
    DWORD processes[2];
    return GetConsoleProcessList(processes, 2) == 1;
}

static char *beside(const char *first)
{
    const char *slash = strrchr(first, '/');
    const size_t folder = slash == NULL ? 0 : (size_t)(slash - first) + 1;
    char *out = malloc(folder + sizeof REPORT);
    if (out != NULL) {
        memcpy(out, first, folder);
        memcpy(out + folder, REPORT, sizeof REPORT);
    }
    return out;
}

bool kk_cli_dropped(int *argc, char ***argv)
{
    static char words[][16] = {"audit", "--format", "html", "--output"};
    enum { WORDS = sizeof words / sizeof *words };
    bool only_paths = *argc > 1;
    for (int i = 1; i < *argc; i++) {
        const char *word = (*argv)[i];
        only_paths = only_paths && word[0] != '-' && strpbrk(word, "./\\") != NULL &&
                     kk_cli_is_there(word);
    }
    if (!only_paths) {
        return true;
    }
    char **more = malloc(((size_t)*argc + WORDS + 2) * sizeof *more);
    if (more == NULL || (report = beside(kk_cli_system_path((*argv)[1]))) == NULL) {
        free(more);
        return false;
    }
    int n = 0;
    more[n++] = (*argv)[0];
    for (int i = 0; i < WORDS; i++) {
        more[n++] = words[i];
    }
    more[n++] = report;
    for (int i = 1; i <= *argc; i++) {
        more[n++] = (*argv)[i];
    }
    *argc = n - 1;
    *argv = more;
    return true;
}

static void show(void)
{
    wchar_t wide[4096];
    if (MultiByteToWideChar(CP_UTF8, 0, report, -1, wide, sizeof wide / sizeof *wide) > 0) {
        for (wchar_t *at = wide; *at != L'\0'; at++) {
            *at = *at == L'/' ? L'\\' : *at;
        }
        (void)ShellExecuteW(NULL, L"open", wide, NULL, NULL, SW_SHOWNORMAL);
    }
}

void kk_cli_dropped_end(int code)
{
    if (!own_window()) {
        return;
    }
    if (report != NULL && code != 2) {
        show();
    } else {
        (void)fputs("\nEnter lukker vinduet. ", stderr);
        (void)getchar();
    }
}
