/** Whether the promises held: from what the load knows, what the partners did, what was said on the topics, and the tables. */
package dev.refundhub.local.prove.check;
