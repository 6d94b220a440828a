/*
 * The guard: a process that ends everything that a test has started, also when the test was killed
 * and cannot do it, and also processes that have left the test's process group. The guard lives a
 * moment longer than the test.
 */
#ifndef TCPCLOSE_KERNEL_GUARD_H
#define TCPCLOSE_KERNEL_GUARD_H

#include <stdbool.h>

/*
 * Starts the guard of this process's group, and of its network namespace when that belongs to the
 * test. Does nothing when there is a guard already, or when the group belongs to somebody else.
 * Call it before the first program is started. When the guard cannot be started, the test is played
 * without it.
 */
void guard_start(bool own_namespace);

/*
 * The network namespace that `fd` stands for is guarded, too. To be called before guard_start(),
 * with a descriptor that stays open until then; the guard has one of its own.
 */
void guard_namespace(int fd);

/*
 * Processes in whose environment this word, "NAME=VALUE", is are guarded, too, in whatever
 * namespace and group they are. Below 64 bytes. To be called before guard_start().
 */
void guard_word(const char *word);

#endif
