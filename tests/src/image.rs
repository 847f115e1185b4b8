//! What a window shows, to be asked for the colours of its places.
//!
//! Pictures of different engines and fonts differ in most of their bytes; what a place is filled with does not.

use std::io::Cursor;

use anyhow::{Context, Result, ensure};
use png::{ColorType, Decoder, Transformations};

/// A place in CSS pixels of the window.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The distance from the left edge.
    pub x: f64,
    /// The distance from the upper edge.
    pub y: f64,
    /// The width.
    pub w: f64,
    /// The height.
    pub h: f64,
}

/// A screenshot.
#[derive(Debug)]
pub struct Image {
    width: usize,
    height: usize,
    /// How many of its pixels stand for one of CSS.
    scale: f64,
    /// Red, green and blue of each pixel.
    bytes: Vec<[u8; 3]>,
}

impl Image {
    /// Reads a PNG that shows `css_width` pixels of CSS from left to right.
    pub fn read(png: &[u8], css_width: f64) -> Result<Self> {
        let mut decoder = Decoder::new(Cursor::new(png));
        decoder.set_transformations(Transformations::normalize_to_color8());
        let mut reader = decoder.read_info()?;
        let mut buffer = vec![0; reader.output_buffer_size().context("too large a picture")?];
        let info = reader.next_frame(&mut buffer)?;
        let samples = info.color_type.samples();
        ensure!(matches!(info.color_type, ColorType::Rgb | ColorType::Rgba), "a picture without colours");
        let bytes = buffer.chunks_exact(samples).map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        let (width, height) = (info.width as usize, info.height as usize);
        Ok(Self { width, height, scale: width as f64 / css_width, bytes })
    }

    /// Returns which part of a place has a colour, give or take `tolerance` in each of red, green and blue.
    pub fn share(&self, place: Place, colour: [u8; 3], tolerance: u8) -> f64 {
        let cut = |from: f64, length: f64, most: usize| {
            let [from, to] = [from, from + length].map(|edge| (edge * self.scale).round().max(0.0) as usize);
            from.min(most)..to.min(most)
        };
        let (mut all, mut same) = (0_usize, 0_usize);
        for y in cut(place.y, place.h, self.height) {
            for x in cut(place.x, place.w, self.width) {
                let pixel = self.bytes[y * self.width + x];
                all += 1;
                same += usize::from(pixel.iter().zip(colour).all(|(a, b)| a.abs_diff(b) <= tolerance));
            }
        }
        if all == 0 { 0.0 } else { same as f64 / all as f64 }
    }
}

#[cfg(test)]
mod tests {
    use super::{Image, Place};

    /// Red on the left, blue on the right, two pixels for one of CSS.
    fn halves() -> Image {
        let (red, blue) = ([255, 0, 0], [0, 0, 255]);
        let bytes = (0..16 * 4).map(|i| if i % 16 < 8 { red } else { blue }).collect();
        Image { width: 16, height: 4, scale: 2.0, bytes }
    }

    #[test]
    fn shares_are_of_the_place_that_is_asked_for() {
        let place = |x, w| Place { x, y: 0.0, w, h: 2.0 };
        assert_eq!(halves().share(place(0.0, 4.0), [250, 4, 0], 8), 1.0);
        assert_eq!(halves().share(place(2.0, 4.0), [255, 0, 0], 8), 0.5);
        assert_eq!(halves().share(place(4.0, 4.0), [255, 0, 0], 8), 0.0);
        // Nothing has no colour.
        assert_eq!(halves().share(place(9.0, 4.0), [255, 0, 0], 8), 0.0);
    }

    #[test]
    fn a_png_is_read() {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, 2, 1);
        encoder.set_color(png::ColorType::Rgba);
        encoder.write_header().unwrap().write_image_data(&[9, 8, 7, 255, 1, 2, 3, 255]).unwrap();
        let image = Image::read(&file, 2.0).unwrap();
        assert_eq!(image.bytes, [[9, 8, 7], [1, 2, 3]]);
    }
}
