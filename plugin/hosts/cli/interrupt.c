/* Notes that the user wants to stop. */
#include "interrupt.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>

static atomic_bool wanted; /* lock-free, hence safe in a handler and readable by every thread */

static void note(int number)
{
    (void)number;
    atomic_store(&wanted, true);
}

void kk_cli_interrupt_catch(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = note;
    action.sa_flags = (int)SA_RESETHAND; /* no SA_RESTART: a read of an answer must end */
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
}

bool kk_cli_interrupted(void *context)
{
    (void)context;
    return atomic_load(&wanted);
}
