/*
 * The kernel modules of a guest. They are on the host, beside the kernel or where Debian has them.
 */
#ifndef TCPCLOSE_GUEST_MODULES_H
#define TCPCLOSE_GUEST_MODULES_H

/*
 * Loads a module and those that it needs. Does nothing when the kernel has no modules or has this
 * one built in. Something that is missing then shows when it is used.
 */
void modules_load(const char *name);

/*
 * Loads what a test needs, and puts the modules at /lib/modules, where the kernel looks for others
 * by itself.
 */
void modules_offer(void);

#endif
