/* Windows as the command line sees it. The counterpart of system.c; must not know commands and
 * texts, but for what a drop on the icon means (dropped_win.c). */
#include "system.h"

#include "dropped_win.h"

#include <fcntl.h>
#include <io.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <windows.h>

#include <shellapi.h>

enum { ROOM = 32768, BANK_ID = 101, SCHEMA_ID = 102 };

static UINT old_code_page;

/* ---- words --------------------------------------------------------------------------------- */

static char *to_utf8(const wchar_t *wide)
{
    const int n = WideCharToMultiByte(CP_UTF8, 0, wide, -1, NULL, 0, NULL, NULL);
    char *out = n > 0 ? malloc((size_t)n) : NULL;
    if (out != NULL) {
        (void)WideCharToMultiByte(CP_UTF8, 0, wide, -1, out, n, NULL, NULL);
    }
    return out;
}

/* Absolute where it is long, so that 260 characters are no limit. */
static wchar_t *to_wide(const char *path)
{
    wchar_t *given = malloc(2 * ROOM * sizeof *given);
    if (given == NULL) {
        return NULL;
    }
    wchar_t *full = given + ROOM;
    if (MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, -1, given, ROOM) <= 0) {
        free(given);
        return NULL;
    }
    for (wchar_t *at = given; *at != L'\0'; at++) {
        *at = *at == L'/' ? L'\\' : *at;
    }
    const DWORD n = GetFullPathNameW(given, ROOM - 8, full, NULL);
    if (n >= MAX_PATH - 12 && n < ROOM - 8 && wcsncmp(given, L"\\\\?\\", 4) != 0) {
        const bool network = wcsncmp(full, L"\\\\", 2) == 0;
        wcscpy(given, network ? L"\\\\?\\UNC\\" : L"\\\\?\\");
        wcscat(given, full + (network ? 2 : 0));
    }
    return given;
}

typedef struct arguments {
    char **items;
    int n, room;
} arguments;

static bool add(arguments *a, char *word)
{
    if (word == NULL) {
        return false;
    }
    if (a->n + 1 >= a->room) {
        const int room = a->room == 0 ? 64 : a->room * 2;
        char **more = realloc(a->items, (size_t)room * sizeof *more);
        if (more == NULL) {
            return false;
        }
        a->items = more;
        a->room = room;
    }
    a->items[a->n++] = word;
    a->items[a->n] = NULL;
    return true;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Neither cmd nor PowerShell turns "maler\*.docx" into names. A pattern that fits nothing stays. */
static bool add_pattern(arguments *a, const wchar_t *word)
{
    WIN32_FIND_DATAW found;
    wchar_t path[MAX_PATH * 2];
    const wchar_t *slash = wcsrchr(word, L'\\');
    const wchar_t *other = wcsrchr(word, L'/');
    slash = other != NULL && (slash == NULL || other > slash) ? other : slash;
    const size_t folder = slash == NULL ? 0 : (size_t)(slash - word) + 1;
    const bool is_pattern = word[0] != L'-' && wcspbrk(word + folder, L"*?") != NULL;
    const HANDLE search = is_pattern ? FindFirstFileW(word, &found) : INVALID_HANDLE_VALUE;
    if (search == INVALID_HANDLE_VALUE || folder + MAX_PATH >= sizeof path / sizeof *path) {
        return add(a, to_utf8(word));
    }
    const int first = a->n;
    bool good = true;
    bool more = true;
    while (good && more) {
        if ((found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) == 0) {
            memcpy(path, word, folder * sizeof *path);
            wcscpy(path + folder, found.cFileName);
            good = add(a, to_utf8(path));
        }
        more = FindNextFileW(search, &found);
    }
    (void)FindClose(search);
    if (good && a->n > first) {
        qsort(a->items + first, (size_t)(a->n - first), sizeof *a->items, by_bytes);
        return true;
    }
    return good && add(a, to_utf8(word));
}

/* ---- start and end ------------------------------------------------------------------------- */

bool kk_cli_system_start(int *argc, char ***argv)
{
    arguments a = {NULL, 0, 0};
    int n = 0;
    (void)_setmode(_fileno(stdin), _O_BINARY);
    (void)_setmode(_fileno(stdout), _O_BINARY);
    (void)_setmode(_fileno(stderr), _O_BINARY);
    old_code_page = GetConsoleOutputCP();
    (void)SetConsoleOutputCP(CP_UTF8);
    wchar_t **words = CommandLineToArgvW(GetCommandLineW(), &n);
    bool good = words != NULL;
    for (int i = 0; good && i < n; i++) {
        good = i == 0 ? add(&a, to_utf8(words[i])) : add_pattern(&a, words[i]);
    }
    (void)LocalFree(words);
    if (!good || a.n == 0) {
        return false;
    }
    *argc = a.n;
    *argv = a.items;
    return kk_cli_dropped(argc, argv);
}

int kk_cli_system_end(int code)
{
    kk_cli_dropped_end(code);
    if (old_code_page != 0) {
        (void)SetConsoleOutputCP(old_code_page);
    }
    return code;
}

/* ---- places -------------------------------------------------------------------------------- */

char *kk_cli_system_path(char *path)
{
    for (char *at = path; *at != '\0'; at++) {
        *at = *at == '\\' ? '/' : *at;
    }
    return path;
}

static bool place_of(const char *path, BY_HANDLE_FILE_INFORMATION *out)
{
    wchar_t *wide = to_wide(path);
    bool good = false;
    if (wide != NULL) {
        const HANDLE at = CreateFileW(wide, 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                      NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
        if (at != INVALID_HANDLE_VALUE) {
            good = GetFileInformationByHandle(at, out);
            (void)CloseHandle(at);
        }
    }
    free(wide);
    return good;
}

bool kk_cli_same_place(const char *a, const char *b)
{
    BY_HANDLE_FILE_INFORMATION x;
    BY_HANDLE_FILE_INFORMATION y;
    return place_of(a, &x) && place_of(b, &y) && x.dwVolumeSerialNumber == y.dwVolumeSerialNumber &&
           x.nFileIndexHigh == y.nFileIndexHigh && x.nFileIndexLow == y.nFileIndexLow;
}

static DWORD attributes_of(const char *path)
{
    wchar_t *wide = to_wide(path);
    const DWORD found = wide == NULL ? INVALID_FILE_ATTRIBUTES : GetFileAttributesW(wide);
    free(wide);
    return found;
}

bool kk_cli_is_folder(const char *path)
{
    const DWORD found = attributes_of(path);
    return found != INVALID_FILE_ATTRIBUTES && (found & FILE_ATTRIBUTE_DIRECTORY) != 0;
}

bool kk_cli_is_there(const char *path)
{
    return attributes_of(path) != INVALID_FILE_ATTRIBUTES;
}

void kk_cli_remove(const char *path)
{
    wchar_t *wide = to_wide(path);
    if (wide != NULL) {
        (void)DeleteFileW(wide);
    }
    free(wide);
}

bool kk_cli_program_folder(char *out, size_t cap)
{
    wchar_t *wide = malloc(ROOM * sizeof *wide);
    const DWORD n = wide == NULL ? 0 : GetModuleFileNameW(NULL, wide, ROOM);
    const bool good = n > 0 && n < ROOM &&
                      WideCharToMultiByte(CP_UTF8, 0, wide, -1, out, (int)cap, NULL, NULL) > 0;
    free(wide);
    char *slash = good ? strrchr(kk_cli_system_path(out), '/') : NULL;
    if (slash == NULL) {
        return false;
    }
    *slash = '\0';
    return true;
}

/* ---- what is inside ------------------------------------------------------------------------ */

static bool resource(int id, kk_str *out)
{
    const HRSRC found = FindResourceW(NULL, MAKEINTRESOURCEW(id), RT_RCDATA);
    const HGLOBAL loaded = found == NULL ? NULL : LoadResource(NULL, found);
    const void *bytes = loaded == NULL ? NULL : LockResource(loaded);
    if (bytes == NULL) {
        return false;
    }
    *out = (kk_str){bytes, SizeofResource(NULL, found)};
    return true;
}

bool kk_cli_bank_inside(kk_str *image, kk_str *schema)
{
    return resource(BANK_ID, image) && resource(SCHEMA_ID, schema);
}

const char *kk_cli_variable(const char *name)
{
    static char *held;
    wchar_t *wide = to_wide(name); /* a plain word stays as it is */
    const wchar_t *value = wide == NULL ? NULL : _wgetenv(wide);
    free(held);
    held = value == NULL ? NULL : to_utf8(value);
    free(wide);
    return held;
}

/* ---- streams and clocks -------------------------------------------------------------------- */

bool kk_cli_is_terminal(FILE *stream)
{
    DWORD mode;
    return GetConsoleMode((HANDLE)_get_osfhandle(_fileno(stream)), &mode) != 0;
}

bool kk_cli_reader_left(void)
{
    return GetLastError() == ERROR_NO_DATA || GetLastError() == ERROR_BROKEN_PIPE;
}

long kk_cli_read_input(char *to, size_t cap)
{
    return (long)_read(_fileno(stdin), to, (unsigned)cap);
}

long kk_cli_read_line(char **line, size_t *cap)
{
    size_t n = 0;
    int c = 0;
    while (c != '\n' && (c = fgetc(stdin)) != EOF) {
        if (n + 2 > *cap) {
            char *more = realloc(*line, *cap * 2 + 256);
            if (more == NULL) {
                return -1;
            }
            *line = more;
            *cap = *cap * 2 + 256;
        }
        (*line)[n++] = (char)c;
        (*line)[n] = '\0';
    }
    return n == 0 ? -1 : (long)n;
}

/* A file that goes when it is closed, in the user's own folder for such. */
FILE *kk_cli_hold_open(kk_bytes *out)
{
    wchar_t folder[MAX_PATH + 1];
    wchar_t name[MAX_PATH + 1];
    *out = (kk_bytes){NULL, 0};
    if (GetTempPathW(MAX_PATH, folder) == 0 || GetTempFileNameW(folder, L"kkr", 0, name) == 0) {
        return NULL;
    }
    return _wfopen(name, L"w+bTD");
}

bool kk_cli_hold_close(FILE *held, kk_bytes *out)
{
    bool good = fflush(held) == 0 && !ferror(held);
    const long len = good ? ftell(held) : -1;
    good = len >= 0 && (out->ptr = malloc((size_t)len + 1)) != NULL;
    if (good) {
        rewind(held);
        out->len = fread(out->ptr, 1, (size_t)len, held);
        out->ptr[out->len] = '\0';
        good = out->len == (size_t)len;
    }
    return fclose(held) == 0 && good;
}

long long kk_cli_ms(void)
{
    return (long long)GetTickCount64();
}

bool kk_cli_calendar(bool utc, struct tm *out)
{
    const time_t now = time(NULL);
    return (utc ? gmtime_s(out, &now) : localtime_s(out, &now)) == 0;
}
