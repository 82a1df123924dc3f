/* Before a run that was broken off goes on: temporaries that its killed writers left are removed,
 * from the folders of this run and from no others. */
#include "update.h"

#include "fileops.h"
#include "pathset.h"

#include <string.h>

typedef struct sweeper {
    kk_arena *arena;
    kk_pathset seen;
} sweeper;

/* Folder of a path, each once. Out of memory: litter stays, which harms nobody. */
static void sweep_folder_of(sweeper *s, const char *path)
{
    size_t index;
    bool is_new = false;
    const char *slash = strrchr(path, '/');
    const kk_str folder = slash == NULL ? kk_arena_str(s->arena, KK_STR("."))
                                        : kk_arena_str(s->arena, (kk_str){path, (size_t)(slash - path)});
    if (folder.ptr != NULL && kk_pathset_add(&s->seen, folder, &index, &is_new) && is_new) {
        kk_file_sweep(folder.len == 0 ? "/" : folder.ptr);
    }
}

static void sweep_below(sweeper *s, const char *folder, const char *relative)
{
    const kk_str path = kk_arena_printf(s->arena, "%s/%s", folder, relative);
    if (path.ptr != NULL) {
        sweep_folder_of(s, path.ptr);
    }
}

void kk_update_sweep(const kk_paths *paths, const kk_update_options *o)
{
    sweeper s = {.arena = kk_arena_new()};
    for (size_t i = 0; s.arena != NULL && i < kk_paths_count(paths); i++) {
        const kk_path_item *p = kk_paths_item(paths, i);
        if (o->in_place) {
            sweep_folder_of(&s, p->real);
        } else {
            sweep_below(&s, o->output_dir, p->relative);
        }
        if (o->in_place && o->backup != NULL) {
            sweep_below(&s, o->backup, p->relative);
        }
    }
    kk_pathset_free(&s.seen);
    kk_arena_free(s.arena);
}

void kk_update_sweep_journal(const kk_journal *journal)
{
    sweeper s = {.arena = kk_arena_new()};
    for (size_t i = 0; s.arena != NULL && i < journal->entries.n; i++) {
        if (journal->entries.items[i].target.len > 0) {
            sweep_folder_of(&s, journal->entries.items[i].target.ptr);
        }
    }
    kk_pathset_free(&s.seen);
    kk_arena_free(s.arena);
}
