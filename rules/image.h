/* A compiled bank, in short an image: the resolved model and the automaton of a whole bank in one
 * checked file, which loads many times faster than the XML it was made from. It is the same on
 * every machine (little-endian, no pointers). Layout: 0   magic 89 4B 4B 42 0D 0A 1A 0A (text
 * transfer would break it) 8   format, 4 bytes: KK_IMAGE_FORMAT 16  length of the whole, 8 bytes 24
 * checksum of all that follows, 8 bytes 32  version of the library that made it, 16 bytes padded
 * with zeros 48  values as in image_io.h: hash state of the sources, their names with size and
 * checksum, the model, the automaton */
#ifndef KK_IMAGE_H
#define KK_IMAGE_H

#include "image_io.h"
#include "prefilter.h"

enum { KK_IMAGE_FORMAT = 3, KK_IMAGE_HEAD = 48 };

/* Is it one, judged by its name (*.kkb) or its first bytes? */
bool kk_image_is(const kk_rule_source *source);

/* Hash of a bank's contents: start, then every source in order, then as 12 hex digits. Tells banks
 * apart, proves nothing. */
#define KK_BANK_HASH_START UINT64_C(0x6B6C696D616B7261)
uint64_t kk_bank_hash(uint64_t state, kk_str bytes);
void kk_bank_hash_print(uint64_t state, char out[13]);

/* Appends the image to out. KK_E_NOMEM. */
kk_status kk_image_write(const kk_model *model, const kk_prefilter *filter, uint64_t hash,
                         const kk_rule_source *sources, uint32_t n, kk_buf *out, kk_error *err);

/* What stands before the model. */
typedef struct kk_image_top {
    uint64_t hash; /* state after the sources */
    const kk_rule_image_file *files;
    uint32_t n_files;
} kk_image_top;

/* Begins to read: head, (with `sum`) checksum, top; then kk_image_model and kk_image_prefilter with
 * the same io. bytes as long as anything read is used; aligned as malloc does. io is initialised
 * here.
 *   errors  KK_E_FORMAT: not an image, of another library version or format, cut off, damaged. */
kk_status kk_image_open(kk_image_io *io, kk_str bytes, kk_str name, bool sum, kk_arena *arena,
                        kk_image_top *top, kk_error *err);
/* KK_OK, or why reading failed. */
kk_status kk_image_status(const kk_image_io *io, kk_str name, kk_error *err);

/* Visitors. Reading the model takes names for origins from io->files. */
void kk_image_model(kk_image_io *io, kk_model *model);
void kk_image_prefilter(kk_image_io *io, kk_prefilter *filter);
void kk_image_cpv(kk_image_io *io, kk_cpv_table *table);
/* The XML of an example, packed on its own. NULL when out of memory (or packed is damaged). */
const kk_xnode *kk_image_unpack(kk_str packed, kk_arena *arena);

/* Makes the elements of a model that was read (with keep_refs) elements of the loader, so that
 * further sources may add to them and override them. KK_E_NOMEM. */
kk_status kk_load_adopt(kk_loader *l, const kk_image_io *io);

#endif
