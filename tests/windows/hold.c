/* Another program: holds a file open as Word does (others may read, nobody may write or replace),
 * says so, and lets go when its input ends. */
#include <stdio.h>

#include <windows.h>

int wmain(int argc, wchar_t **argv)
{
    if (argc != 2) {
        return 2;
    }
    const HANDLE file = CreateFileW(argv[1], GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ, NULL,
                                    OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) {
        return 1;
    }
    (void)puts("held");
    (void)fflush(stdout);
    while (getchar() != EOF) {
    }
    (void)CloseHandle(file);
    return 0;
}
