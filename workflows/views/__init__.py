"""Pages of the road: what waits, where a draft stands, and every act that moves it."""
