// Colours and shapes of a host's own, as hosts hand them to widgets.

import type { McpUiHostContext } from "@modelcontextprotocol/ext-apps/app-bridge";

type Variables = NonNullable<NonNullable<McpUiHostContext["styles"]>["variables"]>;

// Both values of a pair stand beside each other, as hosts write them.
const HOST: Partial<Variables> = {
  "--color-background-primary": "light-dark(#ffffff, #1f1e2b)",
  "--color-background-secondary": "light-dark(#f3f1fa, #2a2838)",
  "--color-background-tertiary": "light-dark(#e8e4f5, #343146)",
  "--color-background-inverse": "light-dark(#1f1e2b, #f3f1fa)",
  "--color-text-primary": "light-dark(#1b1827, #f2f0fa)",
  "--color-text-secondary": "light-dark(#544f68, #bcb6d1)",
  "--color-text-tertiary": "light-dark(#655f7c, #a59fbd)",
  "--color-text-inverse": "light-dark(#ffffff, #1b1827)",
  "--color-text-danger": "light-dark(#a3212b, #ff9c9c)",
  "--color-text-success": "light-dark(#17653a, #84d3a0)",
  "--color-border-primary": "light-dark(#8a83a3, #7d7698)",
  "--color-border-secondary": "light-dark(#d6d0e8, #423e57)",
  "--color-ring-primary": "light-dark(#5b3fd1, #b7a6ff)",
  "--font-sans": "Georgia, serif",
  "--border-radius-md": "4px",
  "--border-radius-lg": "6px",
};

export const styles = (colours: string): Pick<McpUiHostContext, "styles"> => (colours === "host" ? { styles: { variables: HOST as Variables } } : {});
