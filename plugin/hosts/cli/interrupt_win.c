/* Windows: notes that the user wants to stop. The counterpart of interrupt.c. */
#include "interrupt.h"

#include <stdatomic.h>

#include <windows.h>

static atomic_bool wanted;

/* Called in a thread of its own. The second time, and when the window closes, Windows goes on. */
static BOOL WINAPI note(DWORD event)
{
    const bool before = atomic_exchange(&wanted, true);
    return !before && (event == CTRL_C_EVENT || event == CTRL_BREAK_EVENT);
}

void kk_cli_interrupt_catch(void)
{
    (void)SetConsoleCtrlHandler(note, TRUE);
}

bool kk_cli_interrupted(void *context)
{
    (void)context;
    return atomic_load(&wanted);
}
