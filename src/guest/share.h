/*
 * What a guest shall do, as files in a folder that it can see. Each file is a list of texts, and
 * each text ends with NUL. The guest puts its results into the same folder.
 */
#ifndef TCPCLOSE_GUEST_SHARE_H
#define TCPCLOSE_GUEST_SHARE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

#define SHARE_WORDS "words" /* the words of the command line, beginning with the program's name */
#define SHARE_ENVIRONMENT "environment"
#define SHARE_PLACES "places" /* the working directory, then folders that it may write to */
#define SHARE_TESTS "tests"   /* the tests that this guest plays, in this order */
#define SHARE_TEXT "%u.text"  /* a script that is in no file, by its number */
#define SHARE_FACTS "facts"   /* what the guest tells: name, value, name, value ... */

#define SHARE_PCAP "wire.pcap"
#define SHARE_RECORDING "recording"

/* The name of the folder in the guest. */
#define SHARE_INSIDE "/dev/tcpclose"

/*
 * Writes a list that ends with NULL. Returns false with errno on an error. The file appears with
 * its whole content, or not at all.
 */
bool share_write(struct arena *arena, const char *folder, const char *file,
                 const char *const *list);

/*
 * Returns the list, with a NULL at its end, and sets *count (unless it is NULL) to the number of
 * texts. Returns NULL with errno on an error.
 */
const char **share_read(struct arena *arena, const char *folder, const char *file, size_t *count);

/*
 * Copies a file that the guest has left in the folder. Returns false with errno on an error; ENOENT
 * means that it left none.
 */
bool share_fetch(struct arena *arena, const char *folder, const char *file, const char *to);

#endif
