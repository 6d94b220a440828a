/* A guest's kernel modules, as they lie on the host beside the kernel or where Debian has them. */
#ifndef TCPCLOSE_GUEST_MODULES_H
#define TCPCLOSE_GUEST_MODULES_H

/*
 * Loads a module and those that it needs. A kernel without modules, and one that has it built in,
 * is left as it is: what is missing shows when it is used.
 */
void modules_load(const char *name);

/*
 * Loads what a test needs, and puts the modules where the kernel looks for others by itself,
 * /lib/modules.
 */
void modules_offer(void);

#endif
