/*
 * What a guest is to do, as the files of a folder that it can see: lists of texts, each ended by a
 * NUL. The same folder takes its results.
 */
#ifndef TCPCLOSE_GUEST_SHARE_H
#define TCPCLOSE_GUEST_SHARE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

#define SHARE_WORDS "words" /* of the command line, the program's name first */
#define SHARE_ENVIRONMENT "environment"
#define SHARE_PLACES "places" /* where it begins, then folders that it may write to */
#define SHARE_TESTS "tests"   /* those that are its own, in their order */
#define SHARE_FACTS "facts"   /* from the guest: name, value, name, value ... */

#define SHARE_PCAP "wire.pcap"
#define SHARE_RECORDING "recording"

/* Where the guest sees the folder. */
#define SHARE_INSIDE "/dev/tcpclose"

/*
 * `list` ends with NULL. False with errno; the file appears with its whole content, or not at all.
 */
bool share_write(struct arena *arena, const char *folder, const char *file,
                 const char *const *list);

/* The list, ended by NULL, and how many there are unless `count` is NULL; NULL with errno. */
const char **share_read(struct arena *arena, const char *folder, const char *file, size_t *count);

/* Copies a file that the guest has left there. False with errno; ENOENT: it left none. */
bool share_fetch(struct arena *arena, const char *folder, const char *file, const char *to);

#endif
